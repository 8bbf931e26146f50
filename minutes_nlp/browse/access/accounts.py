"""The accounts of those who may use the pages: a file beside the database that only its owner can read."""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal, get_args

from minutes_nlp.browse.access.passwords import LONGEST, SHORTEST, hash_password, is_password, nobodys_hash
from minutes_nlp.errors import BrowseError
from minutes_nlp.locking import exclusive

Role = Literal["reader", "editor", "admin"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
"""What an account may do: a reader looks, an editor corrects as well, an admin sees confidential meetings too."""

FILE_NAME: Final = "accounts.json"
_NAME = re.compile(r"\w(?:[\w .@'-]{0,62}\w)?")
_WAIT = 10.0


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in.

    Attributes:
        name: as it was given; two names that differ in case alone are one.
        role: one of `ROLES`.
        password: its hash.
        stamp: made anew with every change of password or role, so that older sessions end.
    """

    name: str
    role: Role
    password: str
    stamp: str

    @property
    def may_correct(self) -> bool:
        """Whether the account may correct what the machine found."""
        return self.role in ("editor", "admin")

    @property
    def sees_all(self) -> bool:
        """Whether confidential meetings are shown to it, and questions in SQL answered."""
        return self.role == "admin"


class AccountBook:
    """The accounts in one file, read again whenever it changed.

    Args:
        path: the file; it need not exist yet.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: tuple[object, dict[str, Account], str] = (None, {}, "")

    @classmethod
    def of(cls, database: Path) -> AccountBook:
        """The accounts that belong to a database."""
        return cls(database.with_name(FILE_NAME))

    def all(self) -> list[Account]:
        """The accounts by name.

        Raises:
            BrowseError: `browse.accounts`: the file cannot be read.
        """
        return sorted(self._load()[0].values(), key=lambda account: key_of(account.name))

    def find(self, name: str) -> Account | None:
        """The account with this name."""
        return self._load()[0].get(key_of(name))

    @property
    def secret(self) -> str:
        """What sessions are signed with; empty before the first account is made."""
        return self._load()[1]

    def proven(self, name: str, password: str) -> Account | None:
        """The account with this name, if the password is right; an unknown name takes as long as a wrong password."""
        account = self.find(name)
        right = is_password(password, account.password if account else nobodys_hash())
        return account if right else None

    def add(self, name: str, password: str, role: Role) -> Account:
        """Make an account.

        Raises:
            BrowseError: `browse.account_name`; `browse.account_exists`; `browse.password`; `browse.accounts`.
        """
        name = unicodedata.normalize("NFC", name).strip()
        if not _NAME.fullmatch(name):
            raise BrowseError(
                "browse.account_name",
                f"{name!r} is no name for an account.",
                "Use letters, digits, spaces and . @ - ' only, 64 at most.",
                name=name,
            )
        made = Account(name, role, _hashed(password), secrets.token_hex(8))
        with self._changing() as accounts:
            if key_of(name) in accounts:
                raise BrowseError(
                    "browse.account_exists",
                    f"There is an account {name} already.",
                    "`minutes user password` changes its password.",
                    name=name,
                )
            accounts[key_of(name)] = made
        return made

    def remove(self, name: str) -> Account:
        """Take an account away; its sessions end.

        Raises:
            BrowseError: `browse.no_account`; `browse.accounts`.
        """
        with self._changing() as accounts:
            return accounts.pop(key_of(self._known(accounts, name).name))

    def change_password(self, name: str, password: str) -> Account:
        """Give an account another password; its sessions end.

        Raises:
            BrowseError: `browse.no_account`; `browse.password`; `browse.accounts`.
        """
        hashed = _hashed(password)
        with self._changing() as accounts:
            changed = replace(self._known(accounts, name), password=hashed, stamp=secrets.token_hex(8))
            accounts[key_of(changed.name)] = changed
        return changed

    def _known(self, accounts: Mapping[str, Account], name: str) -> Account:
        found = accounts.get(key_of(name))
        if found is None:
            raise BrowseError(
                "browse.no_account", f"There is no account {name}.", "`minutes user list` shows them.", name=name
            )
        return found

    @contextlib.contextmanager
    def _changing(self) -> Iterator[dict[str, Account]]:
        """The accounts, to be changed; written when the block ends well."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with exclusive(self.path.with_name(f"{self.path.name}.lock"), wait=_WAIT):
                known, secret = self._load()
                accounts = dict(known)
                yield accounts
                self._write(accounts, secret or secrets.token_hex(32))
        except OSError as error:
            raise self._unusable(error.strerror or str(error)) from error

    def _load(self) -> tuple[dict[str, Account], str]:
        try:
            about = self.path.stat()
        except FileNotFoundError:
            return {}, ""
        except OSError as error:
            raise self._unusable(error.strerror or str(error)) from error
        version = (about.st_mtime_ns, about.st_size, about.st_ino)
        if self._read[0] != version:
            try:
                content = json.loads(self.path.read_text(encoding="utf-8"))
                accounts = [_account(entry) for entry in content["accounts"]]
                self._read = (version, {key_of(one.name): one for one in accounts}, str(content["secret"]))
            except (OSError, ValueError, KeyError, TypeError) as error:
                raise self._unusable(str(error)) from error
        return self._read[1], self._read[2]

    def _write(self, accounts: Mapping[str, Account], secret: str) -> None:
        content = {"secret": secret, "accounts": [asdict(account) for account in accounts.values()]}
        # A temporary file is made with mode 0600, and keeps it when it takes the place of the old one.
        descriptor, temporary = tempfile.mkstemp(dir=self.path.parent, prefix=f".{self.path.name}-")
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(json.dumps(content, ensure_ascii=False, indent=2) + "\n")
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(self.path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise

    def _unusable(self, reason: str) -> BrowseError:
        return BrowseError(
            "browse.accounts",
            f"The accounts in {self.path} cannot be used: {reason}.",
            "Check the file and its permissions.",
            path=self.path,
            reason=reason,
        )


def key_of(name: str) -> str:
    """By what names are compared: without case, however their accents are written."""
    return unicodedata.normalize("NFC", name).strip().casefold()


def check_password(password: str) -> None:
    """See that a password may be one.

    Raises:
        BrowseError: `browse.password`: it is too short, or longer than anybody types.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise BrowseError(
            "browse.password",
            f"A password has at least {SHORTEST} characters.",
            "A few words that nobody would guess are easy to remember.",
            shortest=SHORTEST,
        )


def _hashed(password: str) -> str:
    check_password(password)
    return hash_password(password)


def _account(entry: Mapping[str, Any]) -> Account:
    account = Account(**entry)
    if account.role not in ROLES or account.password.count("$") != 5:
        raise ValueError(f"account {account.name!r}")
    return account
