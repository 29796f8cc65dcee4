"""Real sound for the tests of the narration, and a Piper voice small enough to be made here."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP

from tourapp.narration.engines.espeak import EspeakEngine
from tourapp.narration.engines.protocol import Speech

SENTENCES = (
    "Vous êtes au pied du terril, à l'endroit même où les wagons arrivaient.",
    "Écoutez.",
    "Aujourd'hui, des plantes venues du sud poussent sur ces pentes chaudes.",
)

VoiceMaker = Callable[..., Path]


@pytest.fixture(scope="session")
def french() -> tuple[Speech, ...]:
    """Return three French sentences, spoken by eSpeak NG."""
    engine = EspeakEngine()
    voice = engine.find_voice("fr")
    assert voice is not None
    return tuple(engine.speak(sentence, voice=voice) for sentence in SENTENCES)


@pytest.fixture
def piper_voice(tmp_path: Path) -> VoiceMaker:
    """Return a maker of voices: `piper_voice(name, *, volume, **config)` writes one."""
    return partial(_write_voice, tmp_path)


def _write_voice(folder: Path, name: str, *, volume: float = 0.5, **config: Any) -> Path:  # noqa: ANN401 -- JSON
    path = folder / f"{name}.onnx"
    onnx.save(_model(volume), path)
    whole = {
        "num_symbols": 256,
        "num_speakers": 1,
        "audio": {"sample_rate": 16_000},
        "espeak": {"voice": "fr"},
        "phoneme_id_map": DEFAULT_PHONEME_ID_MAP,
        "language": {"code": "fr_FR"},
        **config,
    }
    path.with_name(f"{name}.onnx.json").write_text(json.dumps(whole), encoding="utf-8")
    return folder


def _model(volume: float) -> onnx.ModelProto:
    """Return a network that hums 50 ms for each phoneme, louder or softer by its number."""
    hum = volume * np.sin(2 * np.pi * 10 * np.arange(800) / 800)
    nodes = [
        helper.make_node("Cast", ["input"], ["number"], to=TensorProto.FLOAT),
        helper.make_node("Sin", ["number"], ["level"]),
        helper.make_node("Unsqueeze", ["level", "last_axis"], ["column"]),
        helper.make_node("Mul", ["column", "hum"], ["hums"]),
        helper.make_node("Reshape", ["hums", "one_row"], ["output"]),
    ]
    constants = {
        "hum": hum.astype(np.float32).reshape(1, 1, -1),
        "last_axis": np.array([2]),
        "one_row": np.array([1, 1, 1, -1]),
    }
    inputs = [
        helper.make_tensor_value_info("input", TensorProto.INT64, [1, "phonemes"]),
        helper.make_tensor_value_info("input_lengths", TensorProto.INT64, [1]),
        helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
    ]
    output = helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, 1, "samples"])
    known = [numpy_helper.from_array(value, name) for name, value in constants.items()]
    graph = helper.make_graph(nodes, "hum", inputs, [output], known)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)
