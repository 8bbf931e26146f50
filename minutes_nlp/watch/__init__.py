"""Taking files as they arrive: seeing that something changed, waiting until it is whole, ingesting it.

| module | what it does |
|---|---|
| `arrivals` | which files are completely written, gone, or to be tried again: pure, time is an argument |
| `folder` | what is in the folder now, and whether the folder itself is there |
| `wakeups` | waiting until something changes, by the system's notices or by looking again |
| `remote` | whether a folder lies on another machine, whose changes the system does not tell of |
| `trouble` | what passes by itself and is waited for, and for how long |
| `loop` | the watcher |
"""

from minutes_nlp.watch.loop import Pace, watch
from minutes_nlp.watch.wakeups import Changes, Notices, Polling, changes_in

__all__ = ["Changes", "Notices", "Pace", "Polling", "changes_in", "watch"]
