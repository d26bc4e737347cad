package io.stagemark.postprocess.nms;

import io.stagemark.data.LapProbe;
import org.jspecify.annotations.Nullable;

/** A {@link NmsVariant} on the candidates of an image: the best so many, in double precision. */
final class VariantSuppression implements Suppression {
  private final NmsSettings settings;
  private final NmsVariant variant;
  private final ScoreOrder scoreOrder = new ScoreOrder();
  private final DoubleBoxes doubles = new DoubleBoxes();
  private float[] newScores = new float[0];
  private int[] original = new int[0];
  private int[] kept = new int[0];
  private @Nullable LapProbe lapProbe;

  VariantSuppression(NmsSettings settings, NmsVariant variant) {
    this.settings = settings;
    this.variant = variant;
  }

  @Override
  public int run(BoxList boxes) {
    int[] order = scoreOrder.sort(boxes.scores(), boxes.size());
    if (lapProbe != null) {
      lapProbe.lap("sort");
    }
    int count = Math.min(boxes.size(), settings.preNmsTopK());
    doubles.set(boxes, order, count, settings.agnostic());
    int survivors = variant.run(doubles);
    if (kept.length < survivors) {
      kept = new int[Math.max(survivors, 2 * kept.length)];
      original = new int[kept.length];
      newScores = new float[kept.length];
    }
    int found = 0;
    for (int i = 0; i < survivors; i++) {
      int position = variant.kept()[i];
      double score = doubles.scores[position];
      if (score >= settings.scoreThreshold()) {
        original[found] = order[position];
        newScores[found++] = (float) score;
      }
    }
    for (int i = 0; i < found; i++) {
      boxes.scores()[original[i]] = newScores[i];
    }
    // decayed scores may have changed places
    int[] byNewScore = scoreOrder.sort(newScores, found);
    int result = Math.min(found, settings.maxDetections());
    for (int i = 0; i < result; i++) {
      kept[i] = original[byNewScore[i]];
    }
    return result;
  }

  @Override
  public int[] kept() {
    return kept;
  }

  @Override
  public void measure(LapProbe probeOfSort) {
    lapProbe = probeOfSort;
  }
}
