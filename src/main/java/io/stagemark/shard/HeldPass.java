package io.stagemark.shard;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.RunConfig;
import io.stagemark.dataset.Dataset;
import io.stagemark.engine.EngineException;
import io.stagemark.run.input.RunInputs;
import io.stagemark.task.TaskException;
import io.stagemark.trial.HeldCase;
import io.stagemark.trial.ScoredShare;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Scores the cases in this JVM and keeps their models loaded for the next shard: for hosts that
 * score many shards in one JVM, such as an executor of Spark. Thread-safe: shards may be scored at
 * once.
 */
public final class HeldPass implements CasePass, AutoCloseable {
  private final RunConfig config;
  private final Map<String, HeldCase> loaded = new LinkedHashMap<>();

  /** Loads nothing yet. */
  public HeldPass(RunConfig config) {
    this.config = config;
  }

  @Override
  public Found score(CaseSpec spec, RunInputs inputs, Dataset share)
      throws ShardRun.FailedException, IOException {
    requireUnchanged(inputs, spec);
    try {
      ScoredShare found = loaded(spec).score(share);
      requireUnchanged(inputs, spec);
      return new Found(found.part(), ShardFile.bytes(found.state()));
    } catch (EngineException | TaskException e) {
      throw new ShardRun.FailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private static void requireUnchanged(RunInputs inputs, CaseSpec spec)
      throws ShardRun.FailedException, IOException {
    Optional<String> change = inputs.change(spec);
    if (change.isPresent()) {
      throw new ShardRun.FailedException(change.get());
    }
  }

  /** The first shard loads a model; others that come meanwhile wait for it. */
  private HeldCase loaded(CaseSpec spec) throws EngineException {
    synchronized (loaded) {
      HeldCase held = loaded.get(spec.id());
      if (held == null) {
        held = new HeldCase(spec, config.score());
        loaded.put(spec.id(), held);
      }
      return held;
    }
  }

  /** Frees every model; no shard may be in work. */
  @Override
  public void close() {
    synchronized (loaded) {
      loaded.values().forEach(HeldCase::close);
      loaded.clear();
    }
  }
}
