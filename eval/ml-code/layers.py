"""How many of the reference's layers a program's network has, counted by kind.

Called with the reference's file and the program's file; prints one number from 0 to 1. The judge's own
code: nothing of the product is in it. A reference may use a few functions of TensorFlow, which are
given here through Keras.
"""

import importlib.util
import os
import sys
import types
from collections import Counter

os.environ.setdefault("KERAS_BACKEND", "jax")

import keras
from keras import ops

SIMPLE = {"Activation", "ReLU", "Softmax", "InputLayer", "Lambda", "GetItem", "Split", "Rescaling", "RandomFlip",
          "RandomTranslation", "RandomRotation", "RandomZoom", "Dropout"}


def tensorflow():
    module = types.ModuleType("tensorflow")
    module.split = lambda value, num_or_size_splits, axis=0, **_: ops.split(value, num_or_size_splits, axis)
    module.reshape = lambda tensor, shape, **_: ops.reshape(tensor, shape)
    module.transpose = lambda a, perm=None, **_: ops.transpose(a, perm)
    module.shape = ops.shape
    module.concat = lambda values, axis=0, **_: ops.concatenate(values, axis)
    module.keras = keras
    for name in ("keras.layers", "keras.models"):
        sys.modules[f"tensorflow.{name}"] = importlib.import_module(name)
    sys.modules["tensorflow.keras"] = keras
    return module


def load(path, name):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def kinds(model):
    counts = Counter()
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            counts += kinds(layer)
        elif type(layer).__name__ not in SIMPLE:
            counts[type(layer).__name__] += 1
    return counts


sys.modules["tensorflow"] = tensorflow()
wanted = kinds(load(sys.argv[1], "reference").dl_model())
program = load(sys.argv[2], "program")
made = kinds(program.build_network() if hasattr(program, "build_network") else program.build_model())
print(sum((wanted & made).values()) / max(sum(wanted.values()), 1))
