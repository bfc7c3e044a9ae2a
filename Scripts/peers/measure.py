"""Runs the process of a program: its processors, its variables, its seconds and its memory."""

import contextlib
import os
import pathlib
import platform
import signal
import subprocess
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
BUILD = HERE.parent.parent / ".build/peers"
INTEL_CPU = BUILD / "intel_cpu.so"
LIMIT = 300  # seconds of a process


class Failure(Exception):
    """One plain sentence."""


def processor():
    """Model, maker and features of the processor, as the system tells them."""
    try:
        text = pathlib.Path("/proc/cpuinfo").read_text()
    except OSError:
        return {"model": platform.processor() or platform.machine(), "vendor": "", "flags": []}
    lines = dict(line.split(":", 1) for line in text.split("\n\n")[0].splitlines() if ":" in line)
    values = {key.strip(): value.strip() for key, value in lines.items()}
    return {"model": values.get("model name", platform.machine()),
            "vendor": values.get("vendor_id", ""), "flags": values.get("flags", "").split()}


def processors(allowed, system=pathlib.Path("/sys/devices/system/cpu")):
    """The allowed processors: one of each core first, then their siblings."""
    taken, ranks = {}, {}
    for number in sorted(allowed):
        try:
            core = (system / f"cpu{number}/topology/thread_siblings_list").read_text()
        except OSError:
            core = number
        ranks[number] = taken.get(core, 0)
        taken[core] = ranks[number] + 1
    return sorted(ranks, key=lambda number: (ranks[number], number))


def bind(threads):
    """Runs this process and its children on as many processors as there are threads."""
    allowed = processors(os.sched_getaffinity(0))
    if threads > len(allowed):
        raise Failure(f"expected at most {len(allowed)} threads, found {threads}")
    # Libraries that count processors instead of threads count these.
    os.sched_setaffinity(0, allowed[:threads])


def unknown(cpu):
    """Whether libraries take AVX2 because they do not know the maker of a processor of AVX-512."""
    return "avx512f" in cpu["flags"] and cpu["vendor"] != "GenuineIntel"


def preloads(program, cpu):
    return unknown(cpu) and program in ("pytorch_manual", "pytorch_compiled", "pytorch_predict")


def build_shared(name):
    """Compiles a C file of this folder to a library."""
    BUILD.mkdir(parents=True, exist_ok=True)
    command = ["cc", "-O1", "-shared", "-fPIC", "-o", BUILD / f"{name}.so", HERE / f"{name}.c"]
    with contextlib.suppress(OSError):
        if subprocess.run(command).returncode == 0:
            return
    raise Failure(f"expected cc to build Scripts/peers/{name}.c")


def build_preload():
    build_shared("intel_cpu")


def environment(threads, program, cpu):
    """The variables of a process: its threads, and what lets libraries use all of the processor."""
    variables = dict(os.environ)
    for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NPROC",
                 "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"):
        variables[name] = str(threads)
    variables["TF_CPP_MIN_LOG_LEVEL"] = "2"
    variables["CUDA_VISIBLE_DEVICES"] = ""
    variables["TORCHINDUCTOR_CACHE_DIR"] = str(BUILD / "inductor")
    if preloads(program, cpu):
        variables["LD_PRELOAD"] = str(INTEL_CPU)
    if unknown(cpu) and program == "numpy_float32":
        variables["OPENBLAS_CORETYPE"] = "SkylakeX"
    return variables


def stop(process):
    """Ends a process and what it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def measured(command, variables):
    """Standard output of a process, its wall seconds and its peak memory in bytes."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=output, stderr=errors, env=variables, start_new_session=True)
        killer = threading.Timer(LIMIT, stop, [process])
        killer.daemon = True
        try:
            killer.start()
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            # An interrupt reaches this process alone: the other is in a session of its own.
            stop(process)
            process.wait()
            raise
        finally:
            killer.cancel()
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        if process.returncode == -signal.SIGKILL and seconds >= LIMIT:
            raise Failure(f"stopped after {LIMIT} s")
        if process.returncode != 0:
            lines = errors.read().decode(errors="replace").strip().splitlines()
            raise Failure(lines[-1] if lines else f"exit code {process.returncode}")
        return output.read().decode(), seconds, usage.ru_maxrss * 1024
