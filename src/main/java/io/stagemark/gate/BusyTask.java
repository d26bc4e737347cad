package io.stagemark.gate;

import io.stagemark.data.Prediction;
import io.stagemark.data.Stage;
import io.stagemark.task.ExampleSource;
import io.stagemark.task.Observation;
import io.stagemark.task.TaskException;
import io.stagemark.task.TaskSession;

/** Stages with work added to one of them. */
final class BusyTask implements TaskSession {
  private final TaskSession task;
  private final Stage stage;
  private final BusyWork work;

  BusyTask(TaskSession task, Stage stage, BusyWork work) {
    this.task = task;
    this.stage = stage;
    this.work = work;
  }

  private void workIn(Stage here, long startNanos) {
    if (here == stage) {
      work.run(System.nanoTime() - startNanos);
    }
  }

  @Override
  public void decode(int slot, ExampleSource source) throws TaskException {
    long start = System.nanoTime();
    task.decode(slot, source);
    workIn(Stage.DECODE, start);
  }

  @Override
  public void preprocess(int count) {
    long start = System.nanoTime();
    task.preprocess(count);
    workIn(Stage.PREPROCESS, start);
  }

  @Override
  public void postprocess(int count) {
    long start = System.nanoTime();
    task.postprocess(count);
    workIn(Stage.POSTPROCESS, start);
  }

  @Override
  public Prediction prediction(int slot) {
    return task.prediction(slot);
  }

  @Override
  public Observation observe(int slot, boolean withOutputs) {
    return task.observe(slot, withOutputs);
  }

  @Override
  public void close() {
    task.close();
  }
}
