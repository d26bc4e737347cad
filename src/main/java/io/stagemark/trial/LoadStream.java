package io.stagemark.trial;

import io.stagemark.config.CaseSpec;
import io.stagemark.dataset.Example;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.task.ExampleSource;
import io.stagemark.task.Task;
import io.stagemark.task.TaskException;
import io.stagemark.task.TaskSession;
import io.stagemark.trial.load.BatchStream;
import io.stagemark.trial.loop.MeasuredLoop;
import io.stagemark.trial.sample.Samples;
import io.stagemark.trial.session.CaseSession;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A session of the model with its stages, its loop and its thread: all that a session ever does is
 * done by one thread, since native libraries keep thread pools by calling thread.
 */
final class LoadStream implements BatchStream, AutoCloseable {
  private final EngineSession session;
  private final TaskSession stages;
  private final MeasuredLoop loop;
  private final ExecutorService thread;
  private Samples samples = new Samples(1);

  private LoadStream(
      EngineSession session, TaskSession stages, MeasuredLoop loop, ExecutorService thread) {
    this.session = session;
    this.stages = stages;
    this.loop = loop;
    this.thread = thread;
  }

  /**
   * Binds the stages and the loop of a stream.
   *
   * @param session of its own, not yet bound; closed with the stream
   * @param sources of the examples, which all streams share: tensors are read once
   * @param index of the stream, from 0
   */
  static LoadStream open(
      EngineSession session,
      Task task,
      TrialRequest request,
      List<Example> examples,
      List<ExampleSource> sources,
      int index)
      throws EngineException, TaskException {
    CaseSpec spec = request.spec();
    try {
      TaskSession stages = CaseSession.bind(task, spec, session, examples);
      MeasuredLoop loop =
          new MeasuredLoop(
              session, stages, sources, spec.batch(), request.measure().window().totalFrom());
      return new LoadStream(
          session,
          stages,
          loop,
          Executors.newSingleThreadExecutor(
              body -> {
                Thread thread = new Thread(body, "stagemark-stream-" + index);
                thread.setDaemon(true);
                return thread;
              }));
    } catch (TaskException | EngineException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  EngineSession session() {
    return session;
  }

  TaskSession stages() {
    return stages;
  }

  MeasuredLoop loop() {
    return loop;
  }

  /** Sets where the times of the next batches go. */
  void into(Samples room) {
    samples = room;
  }

  Samples samples() {
    return samples;
  }

  <T> Future<T> submit(Callable<T> work) {
    return thread.submit(work);
  }

  /**
   * Waits for what was submitted.
   *
   * @throws EngineException what the work threw
   * @throws TaskException what the work threw
   */
  static <T> T result(Future<T> future) throws EngineException, TaskException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof EngineException cause) {
        throw cause;
      }
      if (e.getCause() instanceof TaskException cause) {
        throw cause;
      }
      throw new IllegalStateException("a stream failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("interrupted while waiting for a stream", e);
    }
  }

  @Override
  public boolean batch() throws EngineException, TaskException {
    return loop.next(samples);
  }

  @Override
  public long startedNanos() {
    return loop.lastStartNanos();
  }

  @Override
  public long endedNanos() {
    return loop.lastEndNanos();
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      // A batch that is still under way uses the session's memory.
      thread.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stages.close();
    session.close();
  }
}
