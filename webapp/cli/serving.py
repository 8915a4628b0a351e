"""`demo` and `serve`: the pages on this machine."""

import os
import socket
import sys
import threading
import webbrowser
from pathlib import Path

import click

from coding.errors import BadInput

from ..instance import Instance
from ..settings import read_settings

ADMINISTRATOR = "Administrator"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.pass_obj
def serve(instance: str, host: str, port: int) -> None:
    """Serve the pages; prints a one-time sign-in link."""
    _serve(instance, host, port, "/")


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--no-serve", is_flag=True, help="Print the joint display and exit.")
@click.pass_obj
def demo(instance: str, port: int, no_serve: bool) -> None:
    """Build the demonstration study (simulated, and labelled so) and show it."""
    from ..demo import KEY, build_demo

    place = Instance.at(instance)
    build_demo(place, say=lambda words: click.echo(words, err=True))
    place.close()
    if no_serve:
        from .joint import print_joint

        print_joint(instance, KEY)
    else:
        _serve(instance, "127.0.0.1", port, f"/studies/{KEY}/", look=True)


def _serve(instance: str, host: str, port: int, page: str, *, look: bool = False) -> None:
    _check_port(host, port)
    place = Instance.at(instance)
    place.secret_key()  # said here in one line, not by a server that will not start
    place.catalogue.interrupt_jobs()
    address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"
    os.environ["COPRODUCE_INSTANCE"] = str(Path(instance).resolve())
    os.environ["COPRODUCE_ADDRESS"] = address
    user = place.people.first_administrator(ADMINISTRATOR)
    public = read_settings(place.path).public_url
    link = f"{public}{page}"
    if user["password_hash"]:
        click.echo(f"Serving at {link}\n")
    else:
        token = place.people.make_sign_in_link(user["id"])
        link = f"{public}/sign-in/{token}?next={page}"
        click.echo(f"Sign in once with this link (it works for 12 hours, and once):\n\n  {link}\n")
    place.close()
    click.echo("Stop the server with Ctrl+C.")
    if look and _has_screen():
        threading.Timer(1.5, webbrowser.open, [link]).start()
    _granian(host, port)


def _has_screen() -> bool:
    windows = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return sys.platform in ("darwin", "win32") or bool(windows)


def _granian(host: str, port: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "webapp.server:build",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=64,  # 50 people at once can wait together, so their changes share commits
        backpressure=256,
        factory=True,
        log_level=LogLevels.error,
        websockets=False,
    ).serve()


def _check_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BadInput(
                f"Port {port} on {host} cannot be used ({error.strerror}); "
                "stop what uses it, or choose another with --port."
            ) from error


COMMANDS = [demo, serve]
