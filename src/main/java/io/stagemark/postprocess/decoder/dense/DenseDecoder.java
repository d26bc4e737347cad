package io.stagemark.postprocess.decoder.dense;

import io.stagemark.data.DenseCandidates;
import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.PosePoints;
import io.stagemark.postprocess.nms.BoxList;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.function.IntFunction;

/**
 * A head that has scores and a box for every candidate: where its numbers are ({@link Level}), how
 * they become scores ({@link Scoring}) and boxes ({@link BoxCoding}).
 *
 * <p>Scores are read in memory order, and the last step is taken only of candidates that can be
 * above the threshold.
 */
public final class DenseDecoder implements BoxDecoder {
  /** Most pieces of so many candidates have none that passes. */
  private static final int ONES = 256;

  private final int classes;
  private final List<Level> levels;
  private final int[] firsts;
  private final ClassMajor[] columns;
  private final Scoring scoring;
  private final BoxCoding coding;
  private final Optional<PosePoints> points;
  private final ClassScores scores;
  private final RowBlock rows;
  private final float[] edges = new float[4];
  private final int candidates;

  /** Boxes alone. */
  public DenseDecoder(int classes, List<Level> levels, Scoring scoring, BoxCoding coding) {
    this(classes, levels, scoring, coding, Optional.empty());
  }

  /**
   * @param points where the key points of candidates are; empty: boxes alone
   */
  public DenseDecoder(
      int classes,
      List<Level> levels,
      Scoring scoring,
      BoxCoding coding,
      Optional<PosePoints> points) {
    this.points = points;
    this.classes = classes;
    this.levels = List.copyOf(levels);
    this.scoring = scoring;
    this.coding = coding;
    this.scores = new ClassScores(classes);
    this.rows = new RowBlock(scoring.columns());
    this.firsts = new int[levels.size()];
    this.columns = new ClassMajor[levels.size()];
    int first = 0;
    for (int l = 0; l < firsts.length; l++) {
      Level level = levels.get(l);
      firsts[l] = first;
      first += level.count();
      columns[l] = new ClassMajor(classes, level.count());
    }
    this.candidates = first;
  }

  @Override
  public void filter(IntFunction<Tensor> outputs, int slot, Filter filter, BoxList into) {
    for (int l = 0; l < firsts.length; l++) {
      Level level = levels.get(l);
      if (level.objectness().isPresent() || isOfOneNumber()) {
        filterOnes(outputs, slot, l, filter, into);
      } else if (isByColumns(level)) {
        filterColumns(outputs, slot, l, filter, into);
      } else {
        filterRows(outputs, slot, l, filter, into);
      }
    }
  }

  /** A whole class of a level is in one piece: its maximum is taken row by row. */
  private boolean isByColumns(Level level) {
    return level.classes().candidateStride() == 1
        && level.classes().valueStride() == level.count()
        && scoring.step() != LastStep.SOFTMAX
        && classes > 1;
  }

  private void filterColumns(
      IntFunction<Tensor> outputs, int slot, int l, Filter filter, BoxList into) {
    Numbers numbers = levels.get(l).classes();
    int at = numbers.index(slot, 0) + scoring.first() * numbers.valueStride();
    float bound = classBound(filter.scoreThreshold());
    float[] best = columns[l].best(outputs.apply(numbers.output()), at);
    for (int i = 0; i < best.length; i++) {
      if (best[i] > bound) {
        take(outputs, slot, l, i, filter, into);
      }
    }
  }

  private boolean isOfOneNumber() {
    return scoring.columns() == 1 && scoring.step() != LastStep.SOFTMAX;
  }

  /**
   * One number of each candidate says whether it can pass: its only score or its objectness, since
   * class probabilities are at most 1.
   */
  private void filterOnes(
      IntFunction<Tensor> outputs, int slot, int l, Filter filter, BoxList into) {
    Level level = levels.get(l);
    Numbers numbers = level.objectness().orElse(level.classes());
    float threshold = filter.scoreThreshold();
    float bound =
        level.objectness().isPresent() ? objectnessBound(threshold) : classBound(threshold);
    FloatBuffer values = outputs.apply(numbers.output()).floats();
    int count = level.count();
    for (int start = 0; start < count; start += ONES) {
      int some = Math.min(ONES, count - start);
      rows.copyApart(values, numbers.index(slot, start), numbers.candidateStride(), some);
      for (int i = rows.isAnyAbove(0, some, bound) ? 0 : some; i < some; i++) {
        if (rows.get(i) > bound) {
          take(outputs, slot, l, start + i, filter, into);
        }
      }
    }
  }

  private void filterRows(
      IntFunction<Tensor> outputs, int slot, int l, Filter filter, BoxList into) {
    Numbers numbers = levels.get(l).classes();
    FloatBuffer values = outputs.apply(numbers.output()).floats();
    float bound = classBound(filter.scoreThreshold());
    int count = levels.get(l).count();
    if (numbers.valueStride() != 1) {
      for (int i = 0; i < count; i++) {
        rows.copyOne(values, numbers, slot, i);
        if (canPass(0, bound)) {
          take(outputs, slot, l, i, filter, into);
        }
      }
      return;
    }
    int width = numbers.candidateStride();
    int atOnce = rows.atOnce(width);
    for (int start = 0; start < count; start += atOnce) {
      int some = Math.min(atOnce, count - start);
      rows.copy(values, numbers.index(slot, start), some, width);
      for (int i = 0; i < some; i++) {
        if (canPass(i * width, bound)) {
          take(outputs, slot, l, start + i, filter, into);
        }
      }
    }
  }

  private boolean canPass(int at, float bound) {
    int first = at + scoring.first();
    if (scoring.step() == LastStep.SOFTMAX) {
      // e^(best − largest) is at least the probability
      return rows.isAnyAbove(first, classes, bound + rows.largest(at, scoring.columns()));
    }
    return classes == 1 ? rows.get(first) > bound : rows.isAnyAbove(first, classes, bound);
  }

  /** Returns a number before the last step below which no class can be above the threshold. */
  private float classBound(float threshold) {
    return switch (scoring.step()) {
      case NONE -> threshold;
      case SIGMOID -> Activations.beforeSigmoid(threshold);
      case SOFTMAX -> (float) (Math.log(threshold) - Activations.MARGIN);
    };
  }

  private float objectnessBound(float threshold) {
    double least = scoring.isProduct() ? threshold : least(threshold);
    return scoring.step() == LastStep.SIGMOID ? Activations.beforeSigmoid(least) : (float) least;
  }

  private double least(double threshold) {
    return Math.pow(threshold, 1 / scoring.objectnessPower()) * (1 - Activations.MARGIN);
  }

  private void take(
      IntFunction<Tensor> outputs, int slot, int l, int i, Filter filter, BoxList into) {
    if (classes == 1 && scoring.step() != LastStep.SOFTMAX) {
      float score = one(outputs, slot, levels.get(l), i);
      if (score > filter.scoreThreshold()) {
        into.add(score, 0, firsts[l] + i);
      }
      return;
    }
    fill(outputs, slot, levels.get(l), i);
    scores.pick(firsts[l] + i, filter, into);
  }

  /** Returns the score of a candidate of one class. */
  private float one(IntFunction<Tensor> outputs, int slot, Level level, int i) {
    Numbers numbers = level.classes();
    int at = numbers.index(slot, i) + scoring.first() * numbers.valueStride();
    float score = lastStep(outputs.apply(numbers.output()).floats().get(at));
    if (level.objectness().isEmpty()) {
      return score;
    }
    Numbers objectness = level.objectness().get();
    float estimate = outputs.apply(objectness.output()).floats().get(objectness.index(slot, i));
    return scoring.of(lastStep(estimate), score);
  }

  private float lastStep(float value) {
    return scoring.step() == LastStep.SIGMOID ? Activations.sigmoid(value) : value;
  }

  /** Sets the scores of a candidate. */
  private void fill(IntFunction<Tensor> outputs, int slot, Level level, int i) {
    Numbers numbers = level.classes();
    FloatBuffer values = outputs.apply(numbers.output()).floats();
    int at = numbers.index(slot, i);
    int stride = numbers.valueStride();
    int first = at + scoring.first() * stride;
    switch (scoring.step()) {
      case NONE, SIGMOID -> {
        for (int c = 0; c < classes; c++) {
          scores.set(c, lastStep(values.get(first + c * stride)));
        }
      }
      case SOFTMAX -> softmax(values, at, stride);
    }
    if (level.objectness().isPresent()) {
      multiply(outputs, slot, level.objectness().get(), i);
    }
  }

  private void softmax(FloatBuffer values, int at, int stride) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < scoring.columns(); c++) {
      largest = Math.max(largest, values.get(at + c * stride));
    }
    double sum = 0;
    for (int c = 0; c < scoring.columns(); c++) {
      sum += Math.exp(values.get(at + c * stride) - largest);
    }
    for (int c = 0; c < classes; c++) {
      float value = values.get(at + (scoring.first() + c) * stride);
      scores.set(c, (float) (Math.exp(value - largest) / sum));
    }
  }

  private void multiply(IntFunction<Tensor> outputs, int slot, Numbers numbers, int i) {
    float objectness =
        lastStep(outputs.apply(numbers.output()).floats().get(numbers.index(slot, i)));
    for (int c = 0; c < classes; c++) {
      scores.set(c, scoring.of(objectness, scores.get(c)));
    }
  }

  @Override
  public void locate(IntFunction<Tensor> outputs, int slot, BoxList boxes) {
    for (int i = 0; i < boxes.size(); i++) {
      int source = boxes.sources()[i];
      int l = firsts.length - 1;
      while (firsts[l] > source) {
        l--;
      }
      decode(outputs, slot, levels.get(l), source - firsts[l], source);
      boxes.box(i, edges[0], edges[1], edges[2], edges[3]);
    }
  }

  private void decode(IntFunction<Tensor> outputs, int slot, Level level, int i, int candidate) {
    Numbers numbers = level.boxes();
    coding.decode(
        outputs.apply(numbers.output()).floats(),
        numbers.index(slot, i),
        numbers.valueStride(),
        candidate,
        edges);
  }

  @Override
  public Optional<PosePoints> keyPoints() {
    return points;
  }

  @Override
  public LastStep lastStep(int output) {
    for (Level level : levels) {
      boolean scored =
          level.classes().output() == output
              || level.objectness().filter(each -> each.output() == output).isPresent();
      if (scored && scoring.step() != LastStep.NONE) {
        return scoring.step();
      }
      if (level.boxes().output() == output && coding.isOfSoftmax()) {
        return LastStep.SOFTMAX;
      }
    }
    return LastStep.NONE;
  }

  /**
   * Both factors of a product: that of two negative logits would look like a probability. A factor
   * that is clamped need be none.
   */
  @Override
  public void probabilities(IntFunction<Tensor> outputs, int slot, DoubleConsumer into) {
    if (scoring.step() != LastStep.NONE) {
      return;
    }
    for (Level level : levels) {
      for (int i = 0; i < level.count(); i++) {
        Numbers numbers = level.classes().from(scoring.first());
        FloatBuffer values = outputs.apply(numbers.output()).floats();
        for (int c = 0; c < classes; c++) {
          into.accept(values.get(numbers.index(slot, i) + c * numbers.valueStride()));
        }
        if (level.objectness().isPresent() && !scoring.clamped()) {
          Numbers factor = level.objectness().get();
          into.accept(outputs.apply(factor.output()).floats().get(factor.index(slot, i)));
        }
      }
    }
  }

  /**
   * Scores of one level are read in place, logits where a sigmoid follows. Products, the results of
   * a softmax and the scores of several levels are a copy.
   */
  @Override
  public DenseCandidates dense(IntFunction<Tensor> outputs, int slot, Geometry geometry) {
    DenseBoxes boxes = new DenseBoxes(candidates, geometry);
    boolean multiplied = levels.stream().anyMatch(level -> level.objectness().isPresent());
    boolean logits = scoring.step() == LastStep.SIGMOID && !multiplied;
    boolean inPlace = levels.size() == 1 && !multiplied && scoring.step() != LastStep.SOFTMAX;
    float[] copied = new float[inPlace ? 0 : candidates * classes];
    for (int l = 0; l < firsts.length; l++) {
      Level level = levels.get(l);
      for (int i = 0; i < level.count(); i++) {
        int candidate = firsts[l] + i;
        decode(outputs, slot, level, i, candidate);
        boxes.corners(candidate, edges[0], edges[1], edges[2], edges[3]);
        if (!inPlace) {
          copy(outputs, slot, level, i, logits, copied, candidate * classes);
        }
      }
    }
    if (!inPlace) {
      return new DenseCandidates(
          candidates,
          classes,
          logits,
          FloatBuffer.wrap(copied),
          new DenseCandidates.Layout(0, classes, 1),
          boxes.edges());
    }
    Numbers numbers = levels.get(0).classes().from(scoring.first());
    return new DenseCandidates(
        candidates,
        classes,
        logits,
        outputs.apply(numbers.output()).floats(),
        new DenseCandidates.Layout(
            numbers.index(slot, 0), numbers.candidateStride(), numbers.valueStride()),
        boxes.edges());
  }

  private void copy(
      IntFunction<Tensor> outputs,
      int slot,
      Level level,
      int i,
      boolean logits,
      float[] into,
      int at) {
    Numbers numbers = level.classes().from(scoring.first());
    if (!logits) {
      fill(outputs, slot, level, i);
    }
    for (int c = 0; c < classes; c++) {
      into[at + c] =
          logits
              ? outputs
                  .apply(numbers.output())
                  .floats()
                  .get(numbers.index(slot, i) + c * numbers.valueStride())
              : scores.get(c);
    }
  }
}
