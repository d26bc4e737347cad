"""Writes the sequences beside this file: speech of espeak-ng 1.51 (Debian) in weak noise, 16 kHz.

    apt-get install espeak-ng python3-numpy && python3 configs/data/voice-activity/make.py

A step is 64 samples of context and 512 new ones; its target is 1 where the speech alone, in the
new samples, is louder than -45 dB of full scale.
"""

import io
import pathlib
import subprocess
import wave

import numpy

HERE = pathlib.Path(__file__).parent
STEPS, NEW, CONTEXT, RATE = 60, 512, 64, 16000
TEXTS = {"latency": ("en-us", "Forward pass."), "invoice": ("en-gb", "Platform nine.")}


def speech(voice, text):
    command = ["espeak-ng", "-v", voice, "-s", "150", "--stdout", text]
    with wave.open(io.BytesIO(subprocess.run(command, check=True, capture_output=True).stdout)) as f:
        rate = f.getframerate()
        samples = numpy.frombuffer(f.readframes(1 << 24), "<i2") / 32768
    at = numpy.arange(int(len(samples) * RATE / rate)) * rate / RATE
    return numpy.interp(at, numpy.arange(len(samples)), samples)


for seed, (name, (voice, text)) in enumerate(TEXTS.items()):
    clean = numpy.zeros(STEPS * NEW)
    words = speech(voice, text)[: STEPS * NEW - 9000]
    clean[6000 : 6000 + len(words)] = words
    noise = numpy.random.default_rng(seed).normal(0, 0.002, len(clean))
    sound = numpy.concatenate([numpy.zeros(CONTEXT), clean + noise]).astype("<f4")
    steps = numpy.stack([sound[i * NEW : i * NEW + CONTEXT + NEW] for i in range(STEPS)])
    loud = numpy.sqrt((clean.reshape(STEPS, NEW) ** 2).mean(1)) > 10 ** (-45 / 20)
    (HERE / "steps" / name).mkdir(parents=True, exist_ok=True)
    (HERE / "targets").mkdir(exist_ok=True)
    numpy.save(HERE / "steps" / name / "input.npy", steps)
    numpy.save(HERE / "steps" / name / "sr.npy", numpy.array(RATE, "<i8"))
    numpy.save(HERE / "targets" / (name + ".npy"), loud.astype("u1"))
    print(name, len(words) / RATE, "s", loud.sum(), "of", STEPS)
