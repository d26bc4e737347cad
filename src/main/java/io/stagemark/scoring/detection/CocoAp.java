package io.stagemark.scoring.detection;

import io.stagemark.data.Annotation;
import io.stagemark.data.Detection;
import io.stagemark.scoring.MergeableState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Average precision and recall of boxes, exactly as pycocotools computes them.
 *
 * <p>Images are matched as they are added; {@link #result} may be asked for at any time. Equal
 * scores of one category are taken in the order of image ids (numbers by value, before texts), so
 * the result does not depend on the order in which images are added.
 *
 * <p>Source: {@code COCOeval} of pycocotools 2.0 with {@code iouType} bbox, or segm or keypoints
 * where detections and truth have such: 101 recall points, thresholds .50 to .95, at most 100
 * detections an image and category, {@code iou >= min(t, 1 − 1e-10)}, equal overlaps go to the
 * later object, a crowd region's overlap is intersection over the detection's area, area ranges are
 * inclusive and use the annotated area. One thing differs: there, a true object whose annotation id
 * is 0 can never be found; here ids play no part. Not thread-safe.
 */
public final class CocoAp implements MergeableState {
  private final CocoRules rules;
  private final Map<Integer, CocoCategory> categories = new TreeMap<>();
  private final List<String> imageIds = new ArrayList<>();
  private final Set<String> known = new HashSet<>();
  private @Nullable CocoResult result;

  /** An evaluation as COCO has it. */
  public CocoAp() {
    this(CocoSettings.COCO);
  }

  /** An evaluation with other thresholds, numbers of detections or area ranges. */
  public CocoAp(CocoSettings settings) {
    this.rules = new CocoRules(settings);
  }

  /**
   * Adds one image.
   *
   * @param imageId the data set's id of the image
   * @param detections in any order
   * @param truths every object in the image
   * @throws IllegalArgumentException if the image was added before
   */
  public void add(String imageId, List<Detection> detections, List<Annotation> truths) {
    addCoco(
        imageId,
        detections.stream().map(CocoDetection::of).toList(),
        truths.stream().map(CocoTruth::of).toList());
  }

  /** Adds one image from boxes as COCO files write them; throws as {@link #add} does. */
  public void addCoco(String imageId, List<CocoDetection> detections, List<CocoTruth> truths) {
    if (!known.add(imageId)) {
      throw new IllegalArgumentException("image '%s' was added before".formatted(imageId));
    }
    result = null;
    int ordinal = imageIds.size();
    imageIds.add(imageId);
    Map<Integer, List<CocoDetection>> detectionsOf = new HashMap<>();
    for (CocoDetection detection : detections) {
      detectionsOf.computeIfAbsent(detection.category(), k -> new ArrayList<>()).add(detection);
    }
    Map<Integer, List<CocoTruth>> truthsOf = new HashMap<>();
    for (CocoTruth truth : truths) {
      truthsOf.computeIfAbsent(truth.category(), k -> new ArrayList<>()).add(truth);
    }
    Set<Integer> present = new HashSet<>(detectionsOf.keySet());
    present.addAll(truthsOf.keySet());
    for (int category : present) {
      CocoMatcher matches =
          new CocoMatcher(
              rules,
              detectionsOf.getOrDefault(category, List.of()),
              truthsOf.getOrDefault(category, List.of()));
      categories.computeIfAbsent(category, k -> new CocoCategory(rules)).add(ordinal, matches);
    }
  }

  /** {@inheritDoc} Images are named by their ids: the order of parts does not matter. */
  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(imageIds.size());
    for (String id : imageIds) {
      out.writeUTF(id);
    }
    out.writeInt(categories.size());
    for (Map.Entry<Integer, CocoCategory> each : categories.entrySet()) {
      out.writeInt(each.getKey());
      each.getValue().write(out);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IOException if an image was added before, too
   */
  @Override
  public void add(DataInput in) throws IOException {
    result = null;
    int before = imageIds.size();
    int images = in.readInt();
    for (int i = 0; i < images; i++) {
      String id = in.readUTF();
      if (!known.add(id)) {
        throw new IOException("image '%s' is in two parts".formatted(id));
      }
      imageIds.add(id);
    }
    int present = in.readInt();
    for (int i = 0; i < present; i++) {
      categories
          .computeIfAbsent(in.readInt(), k -> new CocoCategory(rules))
          .add(in, before, images);
    }
  }

  /** Returns the evaluation of every image added so far. */
  public CocoResult result() {
    CocoResult known = result;
    if (known == null) {
      known = evaluated();
      result = known;
    }
    return known;
  }

  private CocoResult evaluated() {
    int[] position = positions();
    List<CocoCurves> all = new ArrayList<>();
    List<CocoResult.Category> each = new ArrayList<>();
    categories.forEach(
        (id, category) -> {
          CocoCurves curves = category.curves(position);
          CocoSummary alone = new CocoSummary(rules, List.of(curves));
          all.add(curves);
          each.add(
              new CocoResult.Category(
                  id,
                  category.truths(0),
                  alone.figures(),
                  alone.apByThreshold(),
                  alone.precision()));
        });
    CocoSummary summary = new CocoSummary(rules, all);
    return new CocoResult(summary.figures(), summary.apByThreshold(), summary.precision(), each);
  }

  private int[] positions() {
    int[] sorted =
        IntStream.range(0, imageIds.size())
            .boxed()
            .sorted(Comparator.comparing(imageIds::get, CocoAp::compareIds))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] position = new int[sorted.length];
    for (int i = 0; i < sorted.length; i++) {
      position[sorted[i]] = i;
    }
    return position;
  }

  private static int compareIds(String a, String b) {
    boolean aIsNumber = isNumber(a);
    boolean bIsNumber = isNumber(b);
    if (aIsNumber && bIsNumber) {
      int byValue = Long.compare(Long.parseLong(a), Long.parseLong(b));
      return byValue != 0 ? byValue : a.compareTo(b);
    }
    return aIsNumber != bIsNumber ? (aIsNumber ? -1 : 1) : a.compareTo(b);
  }

  private static boolean isNumber(String id) {
    return id.matches("-?[0-9]{1,18}");
  }
}
