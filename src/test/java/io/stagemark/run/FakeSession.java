package io.stagemark.run;

import io.stagemark.config.MeasureSettings.TotalFrom;
import io.stagemark.data.ElementType;
import io.stagemark.data.LabelMap;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.task.ExampleSource;
import io.stagemark.task.TaskException;
import io.stagemark.task.TaskSession;
import io.stagemark.task.TaskSettings;
import io.stagemark.task.TensorsTask;
import io.stagemark.trial.loop.MeasuredLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An engine whose output is its input, that can fail on chosen forwards or answer from a cache. */
public final class FakeSession implements EngineSession {
  public final Tensor input;
  final Tensor output;
  public int forwards;
  public int failEvery = Integer.MAX_VALUE;
  public boolean drifting;
  public long forwardMillis;

  /** Java heap that each forward allocates: 0, or 16 and more. */
  public int allocatedBytes;

  private Object last = "";

  public FakeSession(int batch) {
    input = Tensor.allocate(new TensorSpec("x", ElementType.FLOAT32, List.of((long) batch, 16L)));
    output = Tensor.allocate(new TensorSpec("y", ElementType.FLOAT32, List.of((long) batch, 16L)));
  }

  @Override
  public List<TensorSpec> inputs() {
    return List.of(input.spec());
  }

  @Override
  public List<TensorSpec> outputs() {
    return List.of(output.spec());
  }

  @Override
  public Tensor input(int index) {
    return input;
  }

  @Override
  public void forward() throws EngineException {
    forwards++;
    if (forwards % failEvery == 0) {
      throw new EngineException("fake failure at forward " + forwards);
    }
    pause();
    if (allocatedBytes > 0) {
      last = new byte[allocatedBytes - 16];
    }
    output.bytes().put(0, input.bytes(), 0, input.bytes().capacity());
    if (drifting) {
      output.floats().put(0, forwards);
    }
  }

  @Override
  public Tensor output(int index) {
    return output;
  }

  @Override
  public void close() {}

  /** Returns what the last forward allocated, so that no compiler leaves it out. */
  public Object last() {
    return last;
  }

  private void pause() throws EngineException {
    if (forwardMillis > 0) {
      try {
        Thread.sleep(forwardMillis);
      } catch (InterruptedException e) {
        throw new EngineException("interrupted", e);
      }
    }
  }

  /** Returns a loop over so many made-up examples. */
  public static MeasuredLoop loop(FakeSession session, int examples, int batch, TotalFrom totalFrom)
      throws TaskException {
    List<ExampleSource> sources = new ArrayList<>();
    for (int example = 0; example < examples; example++) {
      Tensor tensor = new FakeSession(1).input;
      for (int i = 0; i < 16; i++) {
        tensor.floats().put(i, example + i / 16f);
      }
      sources.add(new ExampleSource.InMemory(List.of(tensor)));
    }
    TaskSettings settings =
        new TaskSettings("tensors", Optional.empty(), Optional.empty(), new LabelMap(List.of()));
    TaskSession task =
        new TensorsTask()
            .bind(settings, List.of(session.input), session.outputs(), session::output);
    return new MeasuredLoop(session, task, sources, batch, totalFrom);
  }
}
