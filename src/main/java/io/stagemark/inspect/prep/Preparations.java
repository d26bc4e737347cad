package io.stagemark.inspect.prep;

import io.stagemark.inspect.fact.Fact;
import io.stagemark.inspect.head.Head;
import io.stagemark.inspect.head.HeadContext;
import io.stagemark.inspect.head.ImageInput;
import io.stagemark.inspect.metadata.ExportMetadata;
import io.stagemark.inspect.metadata.Sidecars.ImageProcessor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Infers how a photograph becomes the input of a model. */
public final class Preparations {
  private static final int COLORS = 3;
  private static final String SIDECAR = "preprocessor_config.json";

  private Preparations() {}

  /**
   * Returns the preparation, each part with its grade: what a sidecar states, what the graph itself
   * does, else what is usual for the head; empty where no input takes an image. Where no head is
   * known, an input of three channels is taken for a photograph's all the same: whatever the
   * network makes of it, decoding and preprocessing can be timed.
   */
  public static Optional<Preparation> of(HeadContext model, Optional<Head> head) {
    boolean photograph = model.image().filter(it -> it.channels() == COLORS).isPresent();
    if (model.image().isEmpty() || (head.isEmpty() && !photograph)) {
      return Optional.empty();
    }
    ImageInput image = model.image().get();
    Fact<String> layout =
        Fact.derived(
            image.layout(),
            "%d channels at axis %d"
                .formatted(image.channels(), image.layout().equals("nchw") ? 1 : 3));
    Optional<ImageProcessor> stated = model.sidecars().preprocessor();
    Convention usual = convention(model.metadata(), head);
    boolean resizes = stated.flatMap(ImageProcessor::size).isPresent();
    Fact<String> resize =
        resizes ? resize(stated.orElseThrow()) : Fact.assumed(usual.resize(), usual.source());
    return Optional.of(
        new Preparation(
            resize,
            resizes ? OptionalDouble.empty() : usual.padValue(),
            color(image, usual, stated.isPresent()),
            layout,
            normalisation(model, usual, stated)));
  }

  private static Convention convention(ExportMetadata metadata, Optional<Head> known) {
    if (metadata.exporter().isEmpty()) {
      return known.map(Convention::of).orElseGet(Convention::ofImages);
    }
    boolean ultralytics = metadata.isUltralytics();
    StringBuilder source = new StringBuilder("the exporter's convention (");
    source.append(ultralytics ? "author Ultralytics" : "YOLOv5's keys");
    metadata.stride().ifPresent(stride -> source.append(", stride ").append(stride));
    source.append(")");
    boolean classifies =
        metadata.isTask("classify")
            || (metadata.task().isEmpty()
                && known.filter(head -> head.task().equals(Head.CLASSIFICATION)).isPresent());
    return classifies
        ? Convention.ofExportedClassifier(ultralytics, source.toString())
        : Convention.ofExportedDetector(source.toString());
  }

  /** A shorter side without a crop keeps the aspect ratio: an input of one shape cannot. */
  private static Fact<String> resize(ImageProcessor stated) {
    if (stated.crop().isPresent()) {
      return Fact.stated("center-crop", SIDECAR + " crop_size");
    }
    boolean both = stated.size().orElse(List.of()).size() == 2;
    return both
        ? Fact.stated("stretch", SIDECAR + " size")
        : Fact.assumed("stretch", SIDECAR + " keeps the ratio, the input's shape does not");
  }

  private static Fact<String> color(ImageInput image, Convention usual, boolean processor) {
    if (image.channels() == 1) {
      return Fact.derived("grey", "1 channel");
    }
    return processor
        ? Fact.stated("rgb", SIDECAR + ": its processors take RGB")
        : Fact.assumed(usual.color(), usual.source());
  }

  private static Fact<Normalisation> normalisation(
      HeadContext model, Convention usual, Optional<ImageProcessor> stated) {
    Optional<String> inside =
        model.trace().firstSteps().stream()
            .filter(step -> step.matches("(Div|Mul|Sub|Add) .*"))
            .findFirst();
    boolean bytes =
        model.inputs().stream()
            .anyMatch(
                input ->
                    input.name().equals(model.image().orElseThrow().name())
                        && input.type().equals("uint8"));
    if (inside.isPresent() || bytes) {
      String source =
          bytes ? "the input takes bytes" : "the graph begins with " + inside.orElse("");
      boolean whole = bytes || isOfBytes(inside.orElse(""));
      return whole
          ? Fact.derived(Normalisation.none(), source)
          : Fact.assumed(Normalisation.scaled(1.0 / 255), source);
    }
    if (stated.isPresent() && stated.get().rescale().isPresent()) {
      ImageProcessor processor = stated.get();
      boolean normalises = !processor.mean().isEmpty();
      return Fact.stated(
          new Normalisation(
              processor.rescale().orElse(1.0),
              normalises ? processor.mean() : List.of(0.0),
              normalises ? processor.std() : List.of(1.0)),
          SIDECAR);
    }
    Normalisation values = usual.normalisation();
    boolean perChannel = values.mean().size() > 1 && model.image().orElseThrow().channels() == 1;
    return Fact.assumed(perChannel ? Normalisation.scaled(1.0 / 255) : values, usual.source());
  }

  /** A divisor of 255 or 127.5, or a mean beyond 2, is meant for values of 0 to 255. */
  private static boolean isOfBytes(String step) {
    String[] parts = step.split(" ", -1);
    double value = Math.abs(Double.parseDouble(parts[1]));
    return switch (parts[0]) {
      case "Div" -> value > 2;
      case "Mul" -> value < 0.5;
      default -> value > 2;
    };
  }
}
