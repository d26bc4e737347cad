package io.stagemark.dataset.yolo;

import io.stagemark.data.Box;
import io.stagemark.data.TextFault;
import io.stagemark.data.TextFile;
import io.stagemark.data.object.KeyPoint;
import io.stagemark.dataset.FoundProblems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The label file of one image, an object a line: {@code class x y width height}, the box's centre
 * and size in ratios of the picture; {@code class x1 y1 x2 y2 x3 y3 …}, an outline (segments and
 * oriented boxes), whose bounds are the box; or a box with the key points that {@code kpt_shape}
 * announces. Lines that are there twice count once, as Ultralytics has it.
 */
final class YoloLabels {
  private static final long MAX_BYTES = 64L << 20;
  private static final int BOX_COLUMNS = 5;
  private static final int MIN_OUTLINE_COLUMNS = 7;

  /** Annotation tools round; Ultralytics refuses what is farther out. */
  private static final double MAX_BEYOND = 0.01;

  private final YoloNames names;
  private final FoundProblems problems;

  /**
   * One object.
   *
   * @param where such as {@code labels/a.txt:3}
   * @param name of its class
   * @param box in ratios of the picture
   * @param outline x, y, x, y, … in ratios of the picture; empty for a box
   * @param points in ratios of the picture, visibility 2 where the line has none; empty for labels
   *     without key points
   */
  record Item(String where, String name, Box box, List<Double> outline, List<KeyPoint> points) {}

  YoloLabels(YoloNames names, FoundProblems problems) {
    this.names = names;
    this.problems = problems;
  }

  /** Returns the objects in the order of the file; what is wrong with a line is reported. */
  List<Item> read(Path file) {
    List<Item> items = new ArrayList<>();
    try {
      Set<String> lines = new LinkedHashSet<>();
      int number = 0;
      for (String line : TextFile.read(file, MAX_BYTES).lines().toList()) {
        number++;
        String text = line.strip().replaceAll("\\s+", " ");
        if (!text.isEmpty() && lines.add(text)) {
          item(file + ":" + number, text).ifPresent(items::add);
        }
      }
    } catch (TextFault e) {
      problems.add(e.where(file.toString()), e.found(), expected(), e.tryThis());
    }
    return items;
  }

  private Optional<Item> item(String where, String line) {
    String[] columns = line.split(" ", -1);
    double[] values = new double[columns.length];
    for (int i = 0; i < columns.length; i++) {
      values[i] = number(columns[i]);
      boolean inside = i == 0 || isVisibility(i) || inPicture(values[i]);
      if (!Double.isFinite(values[i]) || !inside) {
        return refuse(where, shown(columns[i]) + " in column " + (i + 1));
      }
    }
    boolean box = columns.length == BOX_COLUMNS;
    boolean points =
        names.keyPointNumbers().isPresent()
            && columns.length == BOX_COLUMNS + names.keyPointNumbers().getAsInt();
    boolean outline = columns.length >= MIN_OUTLINE_COLUMNS && columns.length % 2 == 1;
    if (!box && !points && !outline) {
      return refuse(where, columns.length + " columns");
    }
    int id = (int) values[0];
    if (id != values[0] || id < 0 || id >= names.names().size()) {
      problems.add(
          where,
          "class " + shown(columns[0]),
          "a class id from 0 to " + (names.names().size() - 1) + ", of names in data.yaml",
          "0 0.5 0.5 0.2 0.3");
      return Optional.empty();
    }
    String name = names.names().get(id);
    if (points) {
      return Optional.of(new Item(where, name, centred(values), List.of(), keyPoints(values)));
    }
    return Optional.of(
        box
            ? new Item(where, name, centred(values), List.of(), List.of())
            : new Item(where, name, bounds(values), outline(values), List.of()));
  }

  private static List<Double> outline(double[] values) {
    return Arrays.stream(values, 1, values.length).boxed().toList();
  }

  /** A point at 0, 0 of labels without visibility is not labelled, as Ultralytics has it. */
  private List<KeyPoint> keyPoints(double[] values) {
    int numbers = names.hasVisibility() ? 3 : 2;
    List<KeyPoint> points = new ArrayList<>();
    for (int i = BOX_COLUMNS; i < values.length; i += numbers) {
      boolean nowhere = values[i] == 0 && values[i + 1] == 0;
      double visibility = numbers == 3 ? values[i + 2] : nowhere ? 0 : 2;
      points.add(new KeyPoint(values[i], values[i + 1], visibility));
    }
    return points;
  }

  /** Whether a column is a key point's third number, which is 0, 1 or 2. */
  private boolean isVisibility(int column) {
    return names.keyPointNumbers().isPresent()
        && names.hasVisibility()
        && column >= BOX_COLUMNS
        && (column - BOX_COLUMNS) % 3 == 2;
  }

  private static boolean inPicture(double value) {
    return value >= -MAX_BEYOND && value <= 1 + MAX_BEYOND;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static Box centred(double[] values) {
    double halfWidth = Math.max(values[3], 0) / 2;
    double halfHeight = Math.max(values[4], 0) / 2;
    return new Box(
        values[1] - halfWidth,
        values[2] - halfHeight,
        values[1] + halfWidth,
        values[2] + halfHeight);
  }

  private static Box bounds(double[] values) {
    double left = values[1];
    double top = values[2];
    double right = left;
    double bottom = top;
    for (int i = 3; i < values.length; i += 2) {
      left = Math.min(left, values[i]);
      right = Math.max(right, values[i]);
      top = Math.min(top, values[i + 1]);
      bottom = Math.max(bottom, values[i + 1]);
    }
    return new Box(left, top, right, bottom);
  }

  private Optional<Item> refuse(String where, String found) {
    problems.add(where, found, expected(), "0 0.5 0.5 0.2 0.3");
    return Optional.empty();
  }

  private String expected() {
    return "a line class x y width height in ratios of the picture, or class and an outline of three"
        + " points or more"
        + (names.keyPointNumbers().isPresent()
            ? ", or a box and %d numbers of key points"
                .formatted(names.keyPointNumbers().getAsInt())
            : "");
  }

  private static String shown(String text) {
    return text.length() > 40 ? text.substring(0, 40) + "…" : text;
  }
}
