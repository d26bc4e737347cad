package io.stagemark.postprocess.decoder.dense;

import io.stagemark.data.Tensor;
import io.stagemark.postprocess.decoder.CandidateValues;
import io.stagemark.postprocess.decoder.PosePoints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Key points as differences to a cell or an anchor: {@code x = anchor + v · unit · width}, {@code y
 * = anchor + v · unit · height}, in model pixels. A point has x and y.
 */
public final class AnchorPoints implements CandidateValues {
  private static final int NUMBERS = 2;

  private final Places anchors;
  private final float unit;
  private final int points;
  private final List<Numbers> levels = new ArrayList<>();
  private int[] firsts = new int[0];
  private int candidates;

  /**
   * Points without numbers, which {@link #add} adds level by level.
   *
   * @param anchors of the candidates
   * @param unit sides of the anchor for a difference of 1
   * @param points of an object; 0: none
   */
  public AnchorPoints(Places anchors, double unit, int points) {
    this.anchors = anchors;
    this.unit = (float) unit;
    this.points = points;
  }

  /** Adds the numbers of the next candidates: x, y, x, y, …. */
  public void add(int count, Numbers numbers) {
    firsts = Arrays.copyOf(firsts, levels.size() + 1);
    firsts[levels.size()] = candidates;
    levels.add(numbers);
    candidates += count;
  }

  /** Returns where the key points of candidates are; empty where an object has none. */
  public Optional<PosePoints> found() {
    return points == 0
        ? Optional.empty()
        : Optional.of(new PosePoints(this, points, NUMBERS, 1, 1));
  }

  @Override
  public int count() {
    return NUMBERS * points;
  }

  @Override
  public float value(IntFunction<Tensor> outputs, int slot, int source, int index) {
    int level = firsts.length - 1;
    while (firsts[level] > source) {
      level--;
    }
    Numbers place = levels.get(level);
    int at = place.index(slot, source - firsts[level]) + index * place.valueStride();
    float value = outputs.apply(place.output()).floats().get(at) * unit;
    return index % NUMBERS == 0
        ? value * anchors.width(source) + anchors.x(source)
        : value * anchors.height(source) + anchors.y(source);
  }
}
