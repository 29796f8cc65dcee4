"""A routing service on this machine, which answers as Valhalla, OSRM and IGN really do."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

# From the terril's foot to the second stop of the samples, round two corners.
CORNERED = [[2.778, 50.443], [2.781, 50.446], [2.781, 50.453], [2.778, 50.453]]

OSRM = {
    "code": "Ok",
    "routes": [
        {
            "geometry": {"coordinates": CORNERED, "type": "LineString"},
            "legs": [{"steps": [], "summary": "", "weight": 917.2, "duration": 917.2}],
            "weight_name": "duration",
            "weight": 917.2,
            "duration": 917.2,
            "distance": 1402.1,
        }
    ],
    "waypoints": [{"hint": "a", "name": "", "location": CORNERED[0], "distance": 3.1}] * 2,
}
NO_OSRM = {"code": "NoRoute", "message": "Impossible route between points"}
IGN = {
    "resource": "bdtopo-osrm",
    "resourceVersion": "2026-10-01",
    "start": "2.778,50.443",
    "end": "2.778,50.453",
    "profile": "pedestrian",
    "optimization": "shortest",
    "geometry": {"coordinates": CORNERED, "type": "LineString"},
    "crs": "EPSG:4326",
    "distanceUnit": "meter",
    "timeUnit": "minute",
    "distance": 1402.1,
    "duration": 20.9,
    "bbox": [2.778, 50.443, 2.781, 50.453],
    "constraints": [],
    "portions": [{"start": "2.778,50.443", "end": "2.778,50.453", "steps": []}],
}
VALHALLA = {
    "trip": {
        "locations": [{"type": "break", "lat": 50.443, "lon": 2.778}] * 2,
        "legs": [
            {
                "summary": {"length": 1.402, "time": 1010.2},
                "shape": "",
            }
        ],
        "summary": {"length": 1.402, "time": 1010.2},
        "status_message": "Found route between points",
        "status": 0,
        "units": "kilometers",
        "language": "en-US",
    }
}
NO_IGN = {"error": {"errorType": "notFound", "message": " No path found "}}
NO_VALHALLA = {
    "error_code": 442,
    "error": "No path could be found for input",
    "status_code": 400,
    "status": "Bad Request",
}


def encoded(places: list[list[float]]) -> str:
    """Write [longitude, latitude] places as Valhalla writes a shape."""
    written, before = "", (0, 0)
    for longitude, latitude in places:
        here = (round(latitude * 1e6), round(longitude * 1e6))
        for new, old in zip(here, before, strict=True):
            written += _letters(new - old)
        before = here
    return written


def _letters(step: int) -> str:
    value = ~(step << 1) if step < 0 else step << 1
    letters = ""
    while value >= 0x20:
        letters += chr((0x20 | (value & 0x1F)) + 63)
        value >>= 5
    return letters + chr(value + 63)


VALHALLA["trip"]["legs"][0]["shape"] = encoded(CORNERED)


@dataclass
class Answering:
    """What the service says next, and what it was asked."""

    address: str
    says: Any = None
    status: int = 200
    asked: list[dict[str, Any]] = field(default_factory=list)
    is_silent: bool = False


@contextmanager
def answering() -> Iterator[Answering]:
    """Start the service."""
    ended = Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(url.query).items()}
            self._answer({"path": url.path} | query)

        def do_POST(self) -> None:
            told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self._answer({"path": self.path} | told)

        def _answer(self, asked: dict[str, Any]) -> None:
            service.asked.append(asked)
            if service.is_silent:
                ended.wait()
                return
            said = service.says if isinstance(service.says, bytes) else json.dumps(service.says)
            body = said if isinstance(said, bytes) else said.encode()
            self.send_response(service.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service = Answering(f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield service
    finally:
        ended.set()
        server.shutdown()
        thread.join()
        server.server_close()
