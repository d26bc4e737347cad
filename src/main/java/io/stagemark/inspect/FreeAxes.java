package io.stagemark.inspect;

import io.stagemark.data.BadInputException;
import io.stagemark.data.PlainText;
import io.stagemark.data.Problem;
import io.stagemark.inspect.fact.Axis;
import io.stagemark.inspect.fact.Fact;
import io.stagemark.inspect.fact.Grade;
import io.stagemark.inspect.fact.Shapes;
import io.stagemark.inspect.fact.TensorSignature;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Gives open axes an extent by their names: batch 1, height and width from the metadata or a
 * default, sequence 128 (512 of sound), channels 3. An axis that no name fits is refused, with the
 * line that gives it: a side of 1 in silence makes every figure worthless.
 */
final class FreeAxes {
  private static final long SEQUENCE = 128;

  /** What detectors of speech take at 16 kHz: 32 ms. */
  private static final long SAMPLES = 512;

  private static final long CHANNELS = 3;

  private final String file;
  private final Map<String, List<Long>> given;
  private final Optional<Fact<List<Integer>>> imageSize;
  private final long side;
  private final long sequence;

  /**
   * @param file shown in problems
   * @param given shapes by the name of an input, as the user states them
   * @param imageSize height and width that the metadata or a sidecar states
   * @param side of an image that neither the metadata, a sidecar nor the user sizes
   * @param sound whether a sequence is one of samples, and not of tokens
   */
  FreeAxes(
      String file,
      Map<String, List<Long>> given,
      Optional<Fact<List<Integer>>> imageSize,
      long side,
      boolean sound) {
    this.file = file;
    this.given = given;
    this.imageSize = imageSize;
    this.side = side;
    this.sequence = sound ? SAMPLES : SEQUENCE;
  }

  /** What an axis is, by its name. */
  private enum Role {
    BATCH("n|b|bs|.*batch.*"),
    HEIGHT("h|.*height.*|.*_h|rows"),
    WIDTH("w|.*width.*|.*_w|cols|columns"),
    CHANNELS("c|ch|.*channels?"),
    SEQUENCE(".*seq.*|.*tokens?|.*length.*");

    private final String pattern;

    Role(String pattern) {
      this.pattern = pattern;
    }

    static Optional<Role> of(Axis axis) {
      String name = axis.name().toLowerCase(Locale.ROOT);
      for (Role role : values()) {
        if (name.matches(role.pattern)) {
          return Optional.of(role);
        }
      }
      return Optional.empty();
    }
  }

  /** Returns whether a side of an input is the default: no metadata and no user states it. */
  boolean usesDefault(List<TensorSignature> inputs) {
    return imageSize.isEmpty()
        && inputs.stream()
            .filter(input -> !given.containsKey(input.name()))
            .anyMatch(
                input ->
                    input.axes().isEmpty()
                        || input.axes().get().stream().anyMatch(FreeAxes::isOpenSide));
  }

  private static boolean isOpenSide(Axis axis) {
    Optional<Role> role = axis.isOpen() ? Role.of(axis) : Optional.empty();
    return role.filter(each -> each == Role.HEIGHT || each == Role.WIDTH).isPresent();
  }

  /**
   * Returns every input with its shape.
   *
   * @throws BadInputException with a problem for each input that no extents are known of
   */
  List<InspectedInput> resolve(List<TensorSignature> inputs) throws BadInputException {
    List<Problem> problems = new ArrayList<>();
    List<InspectedInput> resolved = new ArrayList<>();
    for (TensorSignature input : inputs) {
      List<Long> stated = given.get(input.name());
      if (stated != null) {
        resolved.add(new InspectedInput(input, Fact.stated(stated, "--shape")));
      } else if (input.axes().isEmpty()) {
        problems.add(open(input, List.of()));
      } else {
        extents(input.axes().get())
            .ifPresentOrElse(
                shape -> resolved.add(new InspectedInput(input, shape)),
                () -> problems.add(open(input, input.axes().orElseThrow())));
      }
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
    return resolved;
  }

  private Optional<Fact<List<Long>>> extents(List<Axis> axes) {
    List<Long> shape = new ArrayList<>();
    List<String> sources = new ArrayList<>();
    Grade grade = Grade.STATED;
    boolean sided = false;
    for (Axis axis : axes) {
      if (!axis.isOpen()) {
        shape.add(axis.size());
        continue;
      }
      Optional<Role> role = Role.of(axis);
      if (role.isEmpty()) {
        return Optional.empty();
      }
      long extent = extent(role.get());
      sided |= isOpenSide(axis);
      grade = grade.and(grade(role.get()));
      shape.add(extent);
      sources.add(axis.name() + " " + extent);
    }
    String source = sources.isEmpty() ? "the file" : String.join(", ", sources);
    String size = sided ? imageSize.map(from -> " (" + from.source() + ")").orElse("") : "";
    return Optional.of(new Fact<>(shape, grade, source + size));
  }

  /** One example is a batch whatever the model; other extents change what it computes. */
  private Grade grade(Role role) {
    return switch (role) {
      case BATCH -> Grade.DERIVED;
      case HEIGHT, WIDTH -> imageSize.isPresent() ? Grade.STATED : Grade.ASSUMED;
      // what has a size in pixels is a photograph
      case CHANNELS -> imageSize.isPresent() ? Grade.DERIVED : Grade.ASSUMED;
      case SEQUENCE -> Grade.ASSUMED;
    };
  }

  private long extent(Role role) {
    return switch (role) {
      case BATCH -> 1;
      case HEIGHT -> imageSize.map(size -> (long) size.value().get(0)).orElse(side);
      case WIDTH ->
          imageSize.map(size -> (long) size.value().get(size.value().size() - 1)).orElse(side);
      case CHANNELS -> CHANNELS;
      case SEQUENCE -> sequence;
    };
  }

  private Problem open(TensorSignature input, List<Axis> axes) {
    String found =
        input.axes().isEmpty()
            ? "no shape is stated"
            : axes.stream().map(Axis::text).collect(Collectors.joining(", ", "axes [", "]"));
    return new Problem(
        file + ": input '" + input.name() + "'",
        found,
        "an extent, or a name such as batch, height, width, sequence, for each open axis",
        "--shape " + PlainText.shellArgument(input.name() + "=" + Shapes.option(example(axes))));
  }

  /** By position: what such an input most likely takes. */
  private List<Long> example(List<Axis> axes) {
    if (axes.isEmpty()) {
      return List.of(1L, CHANNELS, side, side);
    }
    boolean last = axes.size() == 4 && axes.get(3).size() == CHANNELS;
    List<Long> example = new ArrayList<>();
    for (int i = 0; i < axes.size(); i++) {
      boolean channels = axes.size() == 4 && i == (last ? 3 : 1);
      boolean middle = axes.size() == 3 && i == 1 && !axes.get(0).isOpen(); // a state's batch
      long guess = i == 0 || middle ? 1 : channels ? CHANNELS : axes.size() == 4 ? side : sequence;
      example.add(
          axes.get(i).isOpen()
              ? Role.of(axes.get(i)).map(this::extent).orElse(guess)
              : axes.get(i).size());
    }
    return example;
  }
}
