"""The ERP with the registry mounted, served for a journey: ``python -m tests.journeys.host_server ADDRESS DATA``."""

from __future__ import annotations

import sys
from pathlib import Path

from waitress.server import create_server

from tests.host_erp.app import create_app
from tests.host_erp.conftest import found


def main(address: str, data: str) -> None:
    app = create_app(address, mounted=True, data=Path(data), found=found())
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    print(f"http://127.0.0.1:{server.effective_port}/", file=sys.stderr, flush=True)  # noqa: T201  # the journey reads it
    server.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
