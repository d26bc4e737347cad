package io.stagemark.task;

import io.stagemark.data.Score;
import io.stagemark.data.Truth;
import io.stagemark.scoring.MergeableState;
import io.stagemark.scoring.MergedParts;
import java.util.List;
import java.util.Optional;

/** For a run that asks for no scores. */
final class NoScores implements Scorer {
  @Override
  public boolean needsOutputs() {
    return false;
  }

  @Override
  public boolean needsProbabilities() {
    return false;
  }

  @Override
  public List<Score> add(String exampleId, Observation observation, Truth truth) {
    return List.of();
  }

  @Override
  public Optional<MergeableState> state() {
    return Optional.of(new MergedParts(List.of()));
  }

  @Override
  public List<Score> finish() {
    return List.of();
  }
}
