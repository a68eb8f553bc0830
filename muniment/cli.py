"""The command `muniment`: names the subcommands, turns errors into one line and a status."""

from __future__ import annotations

import importlib
import sys
from typing import NoReturn

import click

from muniment import __version__, early_stop
from muniment.config import ConfigError
from muniment.lock import LockedError
from muniment.runs import UnwritableError
from muniment.status import ExitStatus
from pipelines.parquet_error import ParquetMissingError
from pipelines.store_error import StoreError

_COMMANDS = {
    "run": "the whole job: capture, extract, check, report",
    "capture": "capture a site into WARC files",
    "extract": "derive statements and their outlinks from the WARC files",
    "check": "ask the links that statements cite, and keep the evidence",
    "judge": "judge old evidence again by the present rules",
    "report": "write the broken-link report",
    "review": "serve the findings for people to decide on, in a browser",
    "decisions": "list, add, take back, export and import what reviewers decided",
    "why": "tell a link's history, its verdict and the records that prove it",
    "search": "find statements by their words",
    "versions": "list the captures of a statement, and what changed between them",
    "replay": "serve the captures for a browser on this machine",
    "verify": "check WARC files and indexes against themselves",
    "status": "show what the collection holds and the last runs",
}

_EPILOG = """\b
Examples:
  muniment run                         the whole job, as muniment.toml says
  muniment capture --max-pages 100     the first hundred pages, politely
  muniment check                       ask the cited links that are due
  muniment check --input links.txt     ask the links of any list, verdicts to standard output
  muniment replay                      then open the address it prints

\b
Settings: flags win over muniment.toml (in this folder, or --config FILE), which wins over
the defaults; the defaults capture 2009-2017.state.gov with one request a second.

\b
Exit status: 0 done, 1 failed, 2 broken links beyond --fail-on, 3 usage or configuration,
4 cut short by a limit or a signal (all data good, run again to go on), 5 nothing captured.
"""


class _Commands(click.Group):
    """Imports a subcommand only when it is the one asked for: each starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"muniment.commands.{cmd_name}")
        early_stop.leave_alone()
        command = module.command
        if not isinstance(command, click.Command):  # a fault of ours, not of the user
            raise TypeError(f"muniment.commands.{cmd_name} has no command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_Commands, epilog=_EPILOG, context_settings={"max_content_width": 100})
@click.version_option(__version__, prog_name="muniment")
def cli() -> None:
    """Capture archived State Department pages, check the links they cite, prove every verdict.

    A collection is a folder: archive/*.warc.gz holds every exchange, and all else (indexes,
    statements, verdicts, reports) is derived from it.
    """


def _in_one_line(error: click.ClickException) -> str:
    words = " ".join(error.format_message().split())
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f"{words} See: {context.command_path} --help" if context else words


def main() -> NoReturn:
    """Run the command; every expected error is one line that says what, where and what to do."""
    try:
        status = cli.main(standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        status = ExitStatus.USAGE
    except click.ClickException as error:
        click.echo(f"muniment: {_in_one_line(error)}", err=True)
        status = ExitStatus.USAGE
    except click.Abort:
        click.echo("muniment: stopped", err=True)
        status = ExitStatus.CUT_SHORT
    except (ConfigError, UnwritableError, ParquetMissingError) as error:
        click.echo(f"muniment: {error}", err=True)
        status = ExitStatus.USAGE
    except (LockedError, StoreError) as error:
        click.echo(f"muniment: {error}", err=True)
        status = ExitStatus.FAILED
    sys.exit(int(status or 0))
