package io.stagemark.inspect.head;

import io.stagemark.inspect.fact.Grade;
import io.stagemark.inspect.fact.OutputSignature;
import java.util.List;
import java.util.Set;

/**
 * One row for an example: a classifier {@code [N, K]} (or {@code [N, K, 1, 1]}), a probability
 * {@code [N, 1]}, or an embedding {@code [N, D]}.
 *
 * <p>A classifier and an embedding have one shape. A softmax, the names, or K = 1000 and other
 * numbers of known data sets say classifier; a normalisation at the end, or an output that is named
 * so, says embedding. Otherwise a multiple of 64 may be both.
 */
final class Classifier implements HeadFamily {
  /** ImageNet, with a background, 21k (two counts), Places, CIFAR, Caltech, Food. */
  private static final Set<Long> KNOWN = Set.of(1000L, 1001L, 21841L, 21843L, 11221L, 365L, 100L);

  private static final int STEP = 64;

  @Override
  public List<Head> match(HeadContext model) {
    if (model.outputs().isEmpty() || !isRow(model, model.output(0))) {
      return tokens(model);
    }
    OutputSignature row = model.output(0);
    boolean alike =
        model.outputs().stream().allMatch(each -> isRow(model, each) && sameWidth(each, row));
    long k = row.extent(1);
    if (k == 1) {
      return probability(row);
    }
    boolean carries = model.inputs().size() > 1 && !model.inputs().get(0).isInteger();
    if (!alike && model.outputs().size() > 1 && (carries || !row.endsIn("Softmax"))) {
      return List.of();
    }
    return rows(model, row, k);
  }

  /** As many rows as images: others are what a detector found. */
  private static boolean isRow(HeadContext model, OutputSignature output) {
    boolean pooled = output.rank() == 4 && output.extent(2) == 1 && output.extent(3) == 1;
    long batch = model.image().map(ImageInput::batch).orElse(output.extent(0));
    boolean counted = output.extent(0) == batch && batch > 0 && output.extent(1) > 0;
    return output.isFloat() && (output.rank() == 2 || pooled) && counted;
  }

  private static boolean sameWidth(OutputSignature one, OutputSignature other) {
    return one.extent(1) == other.extent(1);
  }

  private static List<Head> probability(OutputSignature row) {
    boolean sigmoid = row.endsIn("Sigmoid");
    return List.of(
        Head.of(
                "binary",
                "one probability",
                Head.CLASSIFICATION,
                sigmoid ? Grade.DERIVED : Grade.ASSUMED,
                row.shapeText() + (sigmoid ? " after a sigmoid" : ": one number"))
            .classes(1)
            .decoder("binary"));
  }

  private static List<Head> rows(HeadContext model, OutputSignature row, long k) {
    boolean stated = model.metadata().isTask("classify") || model.statesClasses(k);
    boolean named = model.sidecars().namesOf((int) Math.min(k, Integer.MAX_VALUE)).isPresent();
    boolean probabilities = row.endsIn("Softmax", "LogSoftmax");
    if (stated || named || probabilities || KNOWN.contains(k)) {
      String why =
          stated
              ? "the metadata names them"
              : named
                  ? "as many names are next to the file"
                  : probabilities ? "after " + row.operator() : "as many as a known data set has";
      return List.of(classifier(row, stated ? Grade.STATED : Grade.DERIVED, why));
    }
    if (isEmbedding(row) || model.named("embed", "feature", "pooler").isPresent()) {
      return List.of(embedding(row, Grade.DERIVED));
    }
    return k % STEP == 0
        ? List.of(classifier(row, Grade.DERIVED, "a row"), embedding(row, Grade.DERIVED))
        : List.of(classifier(row, Grade.DERIVED, "no usual size of an embedding"));
  }

  /** Divided by its length, or normalised over the batch, as ArcFace does. */
  private static boolean isEmbedding(OutputSignature row) {
    boolean divided =
        row.endsIn("Div") && row.tail().stream().anyMatch(each -> each.startsWith("Gemm"));
    return row.endsIn("LpNormalization", "BatchNormalization") || divided;
  }

  private static Head classifier(OutputSignature row, Grade grade, String why) {
    boolean softmax = row.endsIn("Softmax");
    return Head.of(
            "classifier",
            "classifier",
            Head.CLASSIFICATION,
            grade,
            "%s: %d scores, %s".formatted(row.shapeText(), row.extent(1), why))
        .classes(row.extent(1))
        .decoder("classification")
        .trap(softmax ? "probabilities already: losses need to know" : "");
  }

  private static Head embedding(OutputSignature row, Grade grade) {
    return Head.of(
            "embedding",
            "embedding",
            Head.EMBEDDING,
            grade,
            "%s: %d numbers".formatted(row.shapeText(), row.extent(1)))
        .trap("no task scores embeddings");
  }

  /** A row for each token: a classifier of texts has a pooled output instead. */
  private static List<Head> tokens(HeadContext model) {
    boolean ids = model.inputs().stream().anyMatch(input -> input.name().contains("input_ids"));
    if (!ids || model.outputs().isEmpty() || model.output(0).rank() != 3) {
      return List.of();
    }
    OutputSignature rows = model.output(0);
    return List.of(
        Head.of(
                "token-embeddings",
                "a row for each token",
                Head.EMBEDDING,
                Grade.DERIVED,
                "%s: %d numbers a token".formatted(rows.shapeText(), rows.extent(2)))
            .trap("no task scores embeddings"));
  }
}
