package io.stagemark.draft;

import io.stagemark.data.BadInputException;
import io.stagemark.data.PlainText;
import io.stagemark.data.Problem;
import io.stagemark.inspect.ModelInspection;
import io.stagemark.inspect.head.Head;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A card, its class names and a config for a model file.
 *
 * @param name of the model and the run
 * @param card text of {@code model.yaml}
 * @param classes text of {@code classes.txt}; empty where the model has no classes
 * @param config text of the config
 */
public record ModelDraft(String name, String card, Optional<String> classes, String config) {
  /** What the card is called in its folder. */
  public static final String CARD = "model.yaml";

  /** What the file of class names is called next to the card. */
  public static final String CLASSES = "classes.txt";

  private static final int MAX_NAME = 100;

  /**
   * Where the parts of a draft are, as they name each other.
   *
   * @param file the model file, as the card names it
   * @param model the card's folder, as the config names it
   * @param images a folder of images, as the config names it
   * @param truth COCO JSON of their true boxes, as the config names it; empty where nothing is
   *     scored
   */
  public record Places(String file, String model, String images, Optional<String> truth) {}

  /**
   * Drafts.
   *
   * @param found what is known of the file
   * @param places of the parts
   * @param shape how the model is run
   * @throws BadInputException if several heads fit, or a tensor has a type that no card can say
   */
  public static ModelDraft of(ModelInspection found, Places places, RunShape shape)
      throws BadInputException {
    requireOneHead(found);
    String name = name(found.file());
    List<String> names = CardDraft.names(found);
    return new ModelDraft(
        name,
        CardDraft.of(found, name, places.file()),
        names.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", names) + "\n"),
        ConfigDraft.of(
            name,
            places.model(),
            CardDraft.takesImages(found) ? places.images() : "",
            places.truth(),
            shape));
  }

  /** Returns the name of a file without its ending, of characters that a folder may have. */
  public static String name(Path file) {
    String whole = String.valueOf(file.getFileName());
    int dot = whole.lastIndexOf('.');
    String stem = dot > 0 ? whole.substring(0, dot) : whole;
    String clean = stem.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[^A-Za-z0-9]+", "");
    String cut = clean.substring(0, Math.min(clean.length(), MAX_NAME)).replaceAll("[.]+$", "");
    return cut.isEmpty() ? "model" : cut;
  }

  private static void requireOneHead(ModelInspection found) throws BadInputException {
    if (!found.recognition().isAmbiguous()) {
      return;
    }
    List<String> families =
        found.recognition().candidates().stream().map(Head::family).distinct().toList();
    throw new BadInputException(
        new Problem(
            PlainText.line(found.file().toString()),
            "several heads fit its outputs: " + String.join(", ", families),
            "the one that the model has, or none for the forward alone",
            families.stream().map(each -> "--head " + each).collect(Collectors.joining(", or "))
                + ", or --head none"));
  }
}
