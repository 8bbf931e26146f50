"""Shares are told from disks by the kind of their file system."""

from pathlib import Path

import pytest

from minutes_nlp.watch.remote import file_system
from minutes_nlp.watch.wakeups import Notices, Polling, changes_in

MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:35 / /mnt/verslagen rw,relatime - cifs //server/verslagen rw,vers=3.1.1
41 22 0:36 / /mnt/onze\\040map rw - nfs4 server:/map rw
42 40 8:2 / /mnt/verslagen/lokaal rw - btrfs /dev/sdb rw
43 22 0:37 / /mnt/later rw - ext4 /dev/sdc rw
44 43 0:38 / /mnt/later rw - fuse.sshfs me@server: rw
broken line
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/raw", "ext4"),
        ("/mnt/verslagen/raw", "cifs"),
        ("/mnt/verslagen", "cifs"),
        ("/mnt/verslagen-oud", "ext4"),
        ("/mnt/verslagen/lokaal/raw", "btrfs"),
        ("/mnt/onze map/raw", "nfs4"),
        ("/mnt/later/raw", "fuse.sshfs"),
    ],
)
def test_the_innermost_mount_says_what_a_folder_is_on(path: str, kind: str) -> None:
    assert file_system(Path(path), MOUNTS) == kind


def test_nothing_is_said_of_an_unreadable_list() -> None:
    assert file_system(Path("/home"), "") is None


def test_a_disk_gives_notices_and_polling_can_be_asked_for(tmp_path: Path) -> None:
    assert isinstance(changes_in(tmp_path, None), Notices)
    asked = changes_in(tmp_path, 30.0)
    assert isinstance(asked, Polling)
    assert asked.seconds == 30.0


def test_a_share_is_looked_at_again_and_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minutes_nlp.watch.wakeups.is_remote", lambda _: True)
    assert isinstance(changes_in(tmp_path, None), Polling)
