package io.stagemark.draft;

import java.util.Optional;

/** Writes the config of a drafted model. */
final class ConfigDraft {
  private ConfigDraft() {}

  /**
   * Writes a config.
   *
   * @param name of the run
   * @param model as {@code cases.model} names it
   * @param images folder of images, as the config names it; empty for random tensors
   * @param truth COCO JSON of their true boxes, as the config names it; empty where nothing is
   *     scored
   * @param shape how it is run
   */
  static String of(
      String name, String model, String images, Optional<String> truth, RunShape shape) {
    return String.join(
        "\n",
        "# Every key, with its unit, range and default: configs/reference.yaml.",
        "name: " + YamlValue.text(name),
        "",
        data(images, truth),
        "",
        "cases:",
        "  model: [%s]".formatted(YamlValue.text(model)),
        "  engine: " + YamlValue.list(shape.engines()),
        "  threads: [%d] # for one operator".formatted(shape.threads()),
        "  batch: [%d]".formatted(shape.batch()),
        "",
        "measure:",
        measure(shape),
        truth.isPresent()
            ? "score: [coco-ap] # of a few images: whether it is right at all, not how good it is"
            : "score: [] # needs true boxes, classes or masks: dataset.format coco, csv, masks, …",
        "",
        "reports: [console, html, json, markdown]",
        "");
  }

  private static String data(String images, Optional<String> truth) {
    if (images.isEmpty()) {
      return "dataset: {format: random, seed: 42, examples: 4} # timed, not scored";
    }
    String folder = YamlValue.text(images);
    return truth
        .map(
            file ->
                "dataset: {format: coco, images: %s, annotations: %s}"
                    .formatted(folder, YamlValue.text(file)))
        .orElse("dataset: {format: images, images: %s} # timed, not scored".formatted(folder));
  }

  /** Short trials at first: what there is to know soon is refined by more of them. */
  private static String measure(RunShape shape) {
    if (shape.seconds() > 0) {
      return """
        trials: 1
        precision: 3%%
        maxTrials: 100
        maxMinutes: %.3f
        warmupSeconds: 0.3
        warmupBatches: 1 # a batch of some models takes seconds
        minSeconds: 0.8
        minBatches: 12 # the fewest that a p50 is said of is 11
        causes: false # recording them takes a second of each trial
      """
          .formatted(shape.seconds() / 60);
    }
    return """
        trials: 3 # fresh JVMs
        precision: 3% # more trials until p50 is known to within so much
        warmupSeconds: 2
        minSeconds: 5
      """;
  }
}
