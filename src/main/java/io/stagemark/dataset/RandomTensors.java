package io.stagemark.dataset;

import io.stagemark.data.BadInputException;
import io.stagemark.data.ElementType;
import io.stagemark.data.Problem;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorElements;
import io.stagemark.data.TensorSpec;
import io.stagemark.data.Truth;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * Values drawn from a seed for every input of a model: the same ones in each trial, on each
 * machine. For the speed of a model whose time does not depend on what it is given; there is no
 * truth, and so no score.
 */
public final class RandomTensors implements DatasetFormat {
  private static final String SEED = "seed";
  private static final String EXAMPLES = "examples";

  /** More than the trial's memory would hold of images of a usual size. */
  private static final Pattern COUNTS = Pattern.compile("[1-9][0-9]{0,4}");

  @Override
  public String name() {
    return "random";
  }

  @Override
  public String description() {
    return "values drawn from a seed, for a model that takes tensors: timed, not scored";
  }

  @Override
  public Set<DatasetKey> required() {
    return Set.of();
  }

  @Override
  public List<DatasetOption> options() {
    return List.of(
        new DatasetOption(EXAMPLES, "a whole number in [1, 99999]", COUNTS, "4", Optional.of("4")),
        new DatasetOption(
            SEED,
            "a whole number of at most 18 digits",
            Pattern.compile("[0-9]{1,18}"),
            "42",
            Optional.of("42")));
  }

  @Override
  public boolean holdsTensors() {
    return true;
  }

  @Override
  public boolean hasTruth(DatasetSettings settings) {
    return false;
  }

  @Override
  public Dataset open(DatasetSettings settings, Optional<ModelView> model)
      throws BadInputException {
    int count = Integer.parseInt(settings.options().getOrDefault(EXAMPLES, "4"));
    long seed = Long.parseLong(settings.options().getOrDefault(SEED, "42"));
    int used = Math.min(count, settings.limit().orElse(count));
    SplittableRandom random = new SplittableRandom(seed);
    List<Example> examples = new ArrayList<>();
    for (int i = 1; model.isPresent() && i <= used; i++) {
      SplittableRandom own = random.split(); // an example is the same whatever the others are
      List<Tensor> tensors = new ArrayList<>();
      for (TensorSpec input : model.get().inputs()) {
        tensors.add(drawn(input, model.get().ranges(), own));
      }
      examples.add(new Example("random-" + i, Example.NO_FILE, tensors, new Truth.Unknown()));
    }
    return new Dataset(name(), examples, List.of());
  }

  @Override
  public List<Path> files(DatasetSettings settings, Dataset dataset) {
    return List.of();
  }

  private static Tensor drawn(
      TensorSpec input, Map<String, DrawRange> ranges, SplittableRandom random)
      throws BadInputException {
    DrawRange range = ranges.getOrDefault(input.name(), DrawRange.UNIT);
    if (!input.isStatic()) {
      throw new BadInputException(
          new Problem(
              "input '" + input.name() + "'",
              "an extent that depends on the data: " + input,
              "a known shape, for values to be drawn",
              "write the extents into the card's shape, or use format tensors"));
    }
    Tensor tensor = allocated(input);
    int elements = Math.toIntExact(input.elements());
    for (int i = 0; i < elements; i++) {
      TensorElements.put(tensor, i, value(input.type(), range, random));
    }
    return tensor;
  }

  private static Tensor allocated(TensorSpec input) throws BadInputException {
    try {
      return Tensor.allocate(input);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new BadInputException(
          new Problem(
              "input '" + input.name() + "'",
              "more than a tensor holds: " + input,
              "an input of less than 2 GiB",
              "correct the shape on the card"));
    }
  }

  private static double value(ElementType type, DrawRange range, SplittableRandom random) {
    if (range.lowest() == range.highest()) {
      return range.lowest();
    }
    return type.isFloating()
        ? random.nextDouble(range.lowest(), range.highest())
        : random.nextLong((long) range.lowest(), (long) range.highest() + 1);
  }
}
