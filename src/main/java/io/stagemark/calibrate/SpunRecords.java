package io.stagemark.calibrate;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.RunConfig;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Stage;
import io.stagemark.engine.programmable.LatencyPattern;
import io.stagemark.engine.programmable.SpunTimes;
import io.stagemark.result.CaseResult;
import io.stagemark.result.TrialResult;
import io.stagemark.result.file.CaseExamples;
import io.stagemark.run.progress.ProgressLine;
import io.stagemark.run.progress.RunListener;
import io.stagemark.trial.load.LoadRows;
import io.stagemark.trial.sample.LoadFile;
import io.stagemark.trial.sample.SampleFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What the programmable engine's forwards took in each trial of a run, picked up from the trials'
 * folders as they end, before the run removes them. Forwards to another listener.
 */
final class SpunRecords implements RunListener {
  private final RunConfig config;
  private final RunListener next;
  private final Map<String, SpunTimes> byTrial = new HashMap<>();

  /**
   * @param next receives everything too
   */
  SpunRecords(RunConfig config, RunListener next) {
    this.config = config;
    this.next = next;
  }

  /**
   * The measured forwards of a trial among all that its session ran.
   *
   * @param first number of the first one, from 0
   * @param count how many
   * @param all every forward
   */
  record Window(int first, int count, SpunTimes all) {

    /** Returns what the measured forwards took. */
    long[] nanos() {
      return IntStream.range(first, first + count).mapToLong(all::tookNanos).toArray();
    }

    /** Returns what they were to take. */
    long[] nominal(LatencyPattern pattern) {
      return LongStream.range(first, first + count).map(pattern::nanos).toArray();
    }

    /** Returns when one of them began. */
    long startNanos(int measured) {
      return all.startNanos(first + measured);
    }

    /** Returns when one of them had ended. */
    long endNanos(int measured) {
      return startNanos(measured) + all.tookNanos(first + measured);
    }

    /** Returns when the session's first forward began, from which its stalls are counted. */
    long originNanos() {
      return all.startNanos(0);
    }
  }

  @Override
  public void progress(ProgressLine line) {
    for (CaseSpec spec : config.cases()) {
      for (int trial = 1; trial <= config.measure().trials(); trial++) {
        String name = name(spec.id(), trial);
        Path file = config.output().resolve("trials").resolve(name).resolve(SpunTimes.fileName(0));
        if (!byTrial.containsKey(name) && Files.isRegularFile(file)) {
          try {
            byTrial.put(name, SpunTimes.read(file));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      }
    }
    next.progress(line);
  }

  @Override
  public void waiting(ProgressLine line) {
    next.waiting(line);
  }

  @Override
  public void failure(String caseLabel, int trial, String reason) {
    next.failure(caseLabel, trial, reason);
  }

  private static String name(String caseId, int trial) {
    return CaseExamples.fileStem(caseId) + "-trial" + trial;
  }

  /** Returns the trials that a case's figures are of: truth and report are of the same ones. */
  static List<TrialResult> pooled(CaseResult of) {
    List<Integer> pooled = of.proof().orElseThrow().pooledTrials();
    return of.trials().stream().filter(trial -> pooled.contains(trial.index())).toList();
  }

  /** Returns the measured forwards of each {@link #pooled} trial of a case. */
  List<Window> windows(CaseResult of) throws IOException, BadInputException {
    List<Window> windows = new ArrayList<>();
    for (TrialResult trial : pooled(of)) {
      SpunTimes spun = byTrial.get(name(of.id(), trial.index()));
      if (spun == null) {
        throw new IOException("no record of the engine for trial %s".formatted(trial.index()));
      }
      Path samples = config.output().resolve(trial.measured().orElseThrow().samples());
      long[] forward = SampleFile.read(samples).getOrDefault(Stage.FORWARD, new long[0]);
      windows.add(window(spun, forward));
    }
    return windows;
  }

  /** Returns when a trial's batches were due and began. */
  LoadRows load(CaseResult of, TrialResult trial) throws BadInputException {
    return LoadFile.read(
        config
            .output()
            .resolve("samples")
            .resolve(name(of.id(), trial.index()) + "-" + LoadFile.NAME));
  }

  /**
   * Finds the measured forwards: the program knows how many there were, but warms up before and may
   * run more after. A forward's time around the engine is never shorter than inside it, and longer
   * by some hundred nanoseconds: the place where both rows are closest.
   */
  static Window window(SpunTimes spun, long[] forward) {
    int best = -1;
    long least = Long.MAX_VALUE;
    for (int first = 0; first + forward.length <= spun.count(); first++) {
      long apart = 0;
      for (int i = 0; i < forward.length && apart < least; i++) {
        apart += Math.abs(forward[i] - spun.tookNanos(first + i));
      }
      if (apart < least) {
        least = apart;
        best = first;
      }
    }
    if (best < 0) {
      throw new IllegalArgumentException(
          "%s forwards were measured, the engine ran %s".formatted(forward.length, spun.count()));
    }
    return new Window(best, forward.length, spun);
  }
}
