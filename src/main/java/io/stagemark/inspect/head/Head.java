package io.stagemark.inspect.head;

import io.stagemark.inspect.fact.Grade;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What a model's outputs are taken for.
 *
 * @param family such as {@code yolov8}: what {@code --head} takes
 * @param title such as {@code YOLOv8 family}
 * @param task {@code detection}, {@code segmentation}, {@code classification}, or a kind that no
 *     task measures yet, such as {@code pose}
 * @param classes without a background; absent where the outputs do not say
 * @param decoder the {@code decoder.type} of a card; absent: no decoder yet
 * @param parameters the {@code decoder.parameters} of a card
 * @param grade how sure it is
 * @param source the arithmetic or the statement that it follows from
 * @param trap what a user of this family gets wrong; empty if nothing
 */
public record Head(
    String family,
    String title,
    String task,
    OptionalInt classes,
    Optional<String> decoder,
    Map<String, String> parameters,
    Grade grade,
    String source,
    String trap) {
  public static final String DETECTION = "detection";
  public static final String SEGMENTATION = "segmentation";
  public static final String CLASSIFICATION = "classification";
  public static final String EMBEDDING = "embedding";

  public Head {
    parameters = Map.copyOf(parameters);
  }

  /** Returns a head of a family that detects; {@link #decoder}, {@link #trap} may follow. */
  static Head detection(String family, String title, Grade grade, String source) {
    return of(family, title, DETECTION, grade, source);
  }

  /** Returns a head without classes, decoder and trap. */
  static Head of(String family, String title, String task, Grade grade, String source) {
    return new Head(
        family, title, task, OptionalInt.empty(), Optional.empty(), Map.of(), grade, source, "");
  }

  Head classes(long count) {
    OptionalInt known =
        count < 0 ? OptionalInt.empty() : OptionalInt.of((int) Math.min(count, Integer.MAX_VALUE));
    return new Head(family, title, task, known, decoder, parameters, grade, source, trap);
  }

  Head decoder(String type) {
    return new Head(
        family, title, task, classes, Optional.of(type), parameters, grade, source, trap);
  }

  /** Returns the same head of a model whose outputs nothing decodes. */
  public Head withoutDecoder() {
    return new Head(family, title, task, classes, Optional.empty(), Map.of(), grade, source, trap);
  }

  /** Returns the same with one parameter more. */
  Head parameter(String name, String value) {
    Map<String, String> all = new TreeMap<>(parameters);
    all.put(name, value);
    return new Head(family, title, task, classes, decoder, all, grade, source, trap);
  }

  Head trap(String sentence) {
    return new Head(family, title, task, classes, decoder, parameters, grade, source, sentence);
  }

  Head graded(Grade other, String from) {
    return new Head(family, title, task, classes, decoder, parameters, other, from, trap);
  }

  /** Returns whether it finds objects: a detector's default size is 640, another's is not. */
  public boolean isDetector() {
    return task.equals(DETECTION) || task.equals("pose") || task.startsWith("instance");
  }
}
