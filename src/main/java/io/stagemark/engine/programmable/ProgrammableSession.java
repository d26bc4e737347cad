package io.stagemark.engine.programmable;

import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.programmable.ProgrammableEngine.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** Spins on the clock until a forward's time is over; its output is the start of its input. */
final class ProgrammableSession implements EngineSession {
  private final EngineSession memory;
  private final Program program;
  private final Path file;
  private final SpunTimes spun;
  private long forwards;
  private long firstNanos;
  private boolean closed;

  /**
   * @param memory inputs and outputs
   * @param file where the times go, if the program records them
   */
  ProgrammableSession(EngineSession memory, Program program, Path file) {
    this.memory = memory;
    this.program = program;
    this.file = file;
    this.spun = SpunTimes.room(program.records());
  }

  @Override
  public List<TensorSpec> inputs() {
    return memory.inputs();
  }

  @Override
  public List<TensorSpec> outputs() {
    return memory.outputs();
  }

  @Override
  public Tensor input(int index) {
    return memory.input(index);
  }

  @Override
  public void forward() throws EngineException {
    long start = System.nanoTime();
    if (forwards == 0) {
      firstNanos = start;
    }
    memory.forward();
    ByteBuffer from = memory.input(0).bytes();
    ByteBuffer to = memory.output(0).bytes();
    to.put(0, from, 0, Math.min(from.capacity(), to.capacity()));
    long deadline =
        firstNanos + program.stalls().end(start - firstNanos, program.pattern().nanos(forwards));
    long now = System.nanoTime();
    while (now - deadline < 0) {
      Thread.onSpinWait();
      now = System.nanoTime();
    }
    spun.add(start, now - start);
    forwards++;
  }

  @Override
  public Tensor output(int index) {
    return memory.output(index);
  }

  @Override
  public void close() {
    if (program.records() && !closed) {
      closed = true;
      try {
        spun.write(file);
      } catch (IOException e) {
        throw new UncheckedIOException("the times of the forwards cannot be written", e);
      }
    }
    memory.close();
  }
}
