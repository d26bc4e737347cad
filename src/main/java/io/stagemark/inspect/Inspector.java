package io.stagemark.inspect;

import io.stagemark.data.BadInputException;
import io.stagemark.data.PlainText;
import io.stagemark.data.Problem;
import io.stagemark.data.RegularFile;
import io.stagemark.data.Sha256;
import io.stagemark.inspect.fact.Axis;
import io.stagemark.inspect.fact.Fact;
import io.stagemark.inspect.fact.Grade;
import io.stagemark.inspect.fact.GraphTrace;
import io.stagemark.inspect.fact.Shapes;
import io.stagemark.inspect.fact.TensorSignature;
import io.stagemark.inspect.file.ModelFiles;
import io.stagemark.inspect.file.ModelSource;
import io.stagemark.inspect.head.Head;
import io.stagemark.inspect.head.HeadContext;
import io.stagemark.inspect.head.Heads;
import io.stagemark.inspect.head.Heads.Recognition;
import io.stagemark.inspect.head.ImageInput;
import io.stagemark.inspect.head.ProbedOutput;
import io.stagemark.inspect.metadata.Sidecars;
import io.stagemark.inspect.prep.InputFills;
import io.stagemark.inspect.prep.Preparations;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Inspects a model file: reads what it states, follows its graph once or twice for shapes, and says
 * what its outputs mean. Nothing is run, and no engine is loaded.
 */
public final class Inspector {
  private static final long DETECTOR_SIDE_PX = 640;
  private static final long CLASSIFIER_SIDE_PX = 224;
  private static final long CHANNELS = 3;
  private static final Duration MAX_TRYING = Duration.ofSeconds(20);

  /** Sides that models are made for besides 640 and 224, the most usual first. */
  private static final List<Long> OTHER_SIDES_PX =
      List.of(
          416L, 512L, 320L, 256L, 384L, 300L, 299L, 448L, 480L, 800L, 1024L, 1280L, 192L, 160L,
          128L, 112L, 96L);

  private final Path file;
  private final ModelSource source;
  private final Map<String, List<Long>> given;
  private final Sidecars sidecars;
  private final List<String> notes = new ArrayList<>();

  private Inspector(Path file, ModelSource source, List<String> shapes) throws BadInputException {
    this.file = file;
    this.source = source;
    this.given = GivenShapes.of(shapes, source.declared().inputs());
    this.sidecars = Sidecars.of(file);
    notes.addAll(source.declared().metadata().notes());
    notes.addAll(sidecars.notes());
  }

  /**
   * Inspects a file.
   *
   * @param shapes of inputs, such as {@code images=1x3x640x640}
   * @param head the family that the user states; empty to recognise it
   * @throws BadInputException if the file is no model, contradicts itself, leaves an axis open that
   *     no name fits, or {@code head} does not fit
   */
  public static ModelInspection inspect(Path file, List<String> shapes, Optional<String> head)
      throws BadInputException {
    return new Inspector(file, ModelFiles.open(file), shapes)
        .inspect(head.isEmpty() ? found -> found : HeadChoice.stated(head.get(), file));
  }

  /**
   * Inspects a file again after it was run on a photograph.
   *
   * @param output the first one of that run
   */
  public static ModelInspection probed(Path file, List<String> shapes, ProbedOutput output)
      throws BadInputException {
    return new Inspector(file, ModelFiles.open(file), shapes)
        .inspect(found -> found.isAmbiguous() ? found.probed(output).orElse(found) : found);
  }

  /** A model followed with inputs of one choice of shapes. */
  private record Followed(List<InspectedInput> inputs, GraphTrace trace, HeadContext context) {

    /** Returns the same with assumed shapes that turned out to be the only ones that fit. */
    Followed derived(String source) {
      List<InspectedInput> sure =
          inputs.stream()
              .map(
                  input ->
                      input.shape().grade() == Grade.ASSUMED
                          ? new InspectedInput(
                              input.declared(), Fact.derived(input.shape().value(), source))
                          : input)
              .toList();
      return new Followed(sure, trace, context);
    }
  }

  private ModelInspection inspect(HeadChoice choice) throws BadInputException {
    Followed followed = follow();
    Recognition recognition = choice.of(Heads.recognise(followed.context()));
    Optional<Fact<List<String>>> names = names(recognition.chosen());
    notes.addAll(followed.trace().notes());
    return new ModelInspection(
        file,
        size(),
        digest(),
        source.declared(),
        filled(followed),
        followed.trace(),
        recognition,
        names,
        recognition.isAmbiguous()
            ? Optional.empty()
            : Preparations.of(followed.context(), recognition.chosen()),
        notes);
  }

  private static List<InspectedInput> filled(Followed followed) {
    InputFills fills = new InputFills(followed.context().image(), followed.trace().tableRows());
    return followed.inputs().stream()
        .map(input -> input.filled(fills.of(input.declared(), input.shape().value())))
        .toList();
  }

  /** A detector is followed at 640; what turns out to be none and has open sides, at 224. */
  private Followed follow() throws BadInputException {
    List<TensorSignature> inputs = source.declared().inputs();
    requireOutputs(inputs);
    FreeAxes atDetector = axes(DETECTOR_SIDE_PX);
    if (!atDetector.usesDefault(inputs) || hasUnknownInput()) {
      return follow(resolved(atDetector));
    }
    long start = System.nanoTime();
    List<BadInputException> refusals = new ArrayList<>();
    Optional<Followed> large = tried(DETECTOR_SIDE_PX, refusals);
    if (large.isPresent() && keepsDetectorSide(large.get())) {
      return large.get();
    }
    Optional<Followed> small = tried(CLASSIFIER_SIDE_PX, refusals);
    if (small.isPresent() || large.isPresent()) {
      return small.or(() -> large).orElseThrow();
    }
    for (long side : otherSides()) {
      // code that takes long to refuse one size takes as long for each
      if (System.nanoTime() - start > MAX_TRYING.toNanos()) {
        break;
      }
      Optional<Followed> other = tried(side, refusals);
      if (other.isPresent()) {
        return other.get().derived("it takes %d, not 640 or 224".formatted(side));
      }
    }
    throw refusals.get(0);
  }

  /** The sizes that the file's name has come first: {@code yolox_nano_416.pt}. */
  private List<Long> otherSides() {
    String name = String.valueOf(file.getFileName());
    Stream<Long> named =
        Pattern.compile("(?<![0-9])[0-9]{2,4}(?![0-9])")
            .matcher(name)
            .results()
            .map(each -> Long.parseLong(each.group()))
            .filter(OTHER_SIDES_PX::contains);
    return Stream.concat(named, OTHER_SIDES_PX.stream()).distinct().toList();
  }

  /** Follows the model at one size of the image; empty where it refuses that, and says why. */
  private Optional<Followed> tried(long side, List<BadInputException> refusals) {
    try {
      return Optional.of(follow(resolved(axes(side))));
    } catch (BadInputException e) {
      refusals.add(e);
      return Optional.empty();
    }
  }

  private void requireOutputs(List<TensorSignature> inputs) throws BadInputException {
    boolean onnx = source.declared().format().equals("onnx");
    if (inputs.isEmpty() || (onnx && source.declared().outputs().isEmpty())) {
      throw new BadInputException(
          new Problem(
              file.toString(),
              inputs.isEmpty() ? "a model without inputs" : "a model without outputs",
              "a model that takes and gives a tensor",
              "export the model again"));
    }
  }

  private static boolean keepsDetectorSide(Followed followed) {
    List<Head> candidates = Heads.recognise(followed.context()).candidates();
    return !candidates.isEmpty()
        && candidates.stream()
            .noneMatch(
                head ->
                    head.task().equals(Head.CLASSIFICATION) || head.task().equals(Head.EMBEDDING));
  }

  private FreeAxes axes(long side) {
    Optional<Fact<List<Integer>>> stated =
        source
            .declared()
            .metadata()
            .imgsz()
            .map(size -> Fact.stated(size, "metadata imgsz"))
            .or(() -> sidecars.imageSize())
            .or(
                () ->
                    sidecars
                        .preprocessor()
                        .flatMap(processor -> processor.crop().or(processor::size))
                        .map(size -> Fact.stated(size, "preprocessor_config.json")));
    boolean sound =
        source.declared().inputs().stream()
            .anyMatch(input -> InputFills.isSampleRate(input.name()));
    return new FreeAxes(file.toString(), given, stated, side, sound);
  }

  /** TorchScript states no shapes: one tensor without one is tried as an image. */
  private boolean hasUnknownInput() {
    return !isOneTensor()
        && source.declared().inputs().stream().anyMatch(input -> input.axes().isEmpty());
  }

  private boolean isOneTensor() {
    List<TensorSignature> inputs = source.declared().inputs();
    return source.declared().format().equals("torchscript")
        && inputs.size() == 1
        && inputs.get(0).type().equals("float32");
  }

  private List<InspectedInput> resolved(FreeAxes axes) throws BadInputException {
    List<TensorSignature> inputs = source.declared().inputs();
    if (!isOneTensor() || given.containsKey(inputs.get(0).name())) {
      return axes.resolve(inputs);
    }
    TensorSignature input = inputs.get(0);
    long channels = source.declared().metadata().channels().orElse((int) CHANNELS);
    List<Axis> image =
        List.of(Axis.open("batch"), Axis.of(channels), Axis.open("height"), Axis.open("width"));
    InspectedInput guess =
        axes.resolve(List.of(new TensorSignature(input.name(), input.type(), Optional.of(image))))
            .get(0);
    return List.of(new InspectedInput(input, guess.shape()));
  }

  private Followed follow(List<InspectedInput> inputs) throws BadInputException {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    inputs.forEach(input -> shapes.put(input.declared().name(), input.shape().value()));
    GraphTrace trace = traced(inputs, shapes);
    Optional<ImageInput> image =
        inputs.stream()
            .filter(input -> !input.declared().type().contains("64"))
            .flatMap(
                input -> ImageInput.of(input.declared().name(), input.shape().value()).stream())
            .findFirst();
    HeadContext context =
        new HeadContext(
            source.declared().inputs(), image, trace, source.declared().metadata(), sidecars);
    return new Followed(inputs, trace, context);
  }

  /** An image that was only tried must meet a convolution: else nothing says that it is one. */
  private GraphTrace traced(List<InspectedInput> inputs, Map<String, List<Long>> shapes)
      throws BadInputException {
    boolean tried = isOneTensor() && !given.containsKey(inputs.get(0).declared().name());
    if (!tried) {
      return traced(shapes, inputs);
    }
    try {
      GraphTrace trace = source.trace(shapes);
      if (trace.operators().keySet().stream().anyMatch(name -> name.contains("conv"))) {
        return trace;
      }
    } catch (BadInputException e) {
      // the same answer: the file does not say what it takes
    }
    String name = inputs.get(0).declared().name();
    throw new BadInputException(
        new Problem(
            file + ": input '" + name + "'",
            "no shape in the file, and its code is not for a photograph of 3 channels",
            "the extents of each input",
            "--shape " + PlainText.shellArgument(name + "=1x3x224x224")));
  }

  /** A fault at shapes that were given or assumed is answered with the option that gives others. */
  private GraphTrace traced(Map<String, List<Long>> shapes, List<InspectedInput> inputs)
      throws BadInputException {
    try {
      return source.trace(shapes);
    } catch (BadInputException e) {
      List<InspectedInput> free =
          inputs.stream().filter(input -> !input.declared().isFixed()).toList();
      if (free.isEmpty()) {
        throw e;
      }
      Problem first = e.problems().get(0);
      String options =
          free.stream()
              .map(input -> input.declared().name() + "=" + Shapes.option(input.shape().value()))
              .map(text -> "--shape " + PlainText.shellArgument(text))
              .collect(Collectors.joining(" "));
      throw new BadInputException(
          new Problem(
              first.where(), first.found(), first.expected(), "other extents than " + options));
    }
  }

  /** Names that an exporter states must be as many as the head has classes. */
  private Optional<Fact<List<String>>> names(Optional<Head> head) throws BadInputException {
    Optional<List<String>> stated = source.declared().metadata().names();
    if (stated.isPresent()) {
      int count = stated.get().size();
      if (head.isPresent() && head.get().classes().orElse(count) != count) {
        throw new BadInputException(
            new Problem(
                file + ": metadata 'names'",
                "%d name%s, and a head of %d classes (%s)"
                    .formatted(
                        count,
                        count == 1 ? "" : "s",
                        head.get().classes().orElse(0),
                        head.get().source()),
                "a name for each class",
                "export the model again, or correct its metadata"));
      }
      return Optional.of(Fact.stated(stated.get(), "metadata names"));
    }
    int classes = head.map(each -> each.classes().orElse(-1)).orElse(-1);
    Optional<Fact<List<String>>> fitting = sidecars.namesOf(classes);
    if (fitting.isEmpty() && classes > 0) {
      sidecars
          .names()
          .forEach(
              list ->
                  notes.add(
                      "%s is not used: %d names, and a head of %d classes"
                          .formatted(list.source(), list.value().size(), classes)));
    }
    return fitting;
  }

  private long size() throws BadInputException {
    try {
      return RegularFile.size(file);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private String digest() throws BadInputException {
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private BadInputException unreadable(IOException e) {
    return new BadInputException(
        new Problem(
            file.toString(),
            "cannot be read: " + e.getMessage(),
            "a readable file",
            "check the path and its permissions"));
  }
}
