package io.stagemark.postprocess;

import io.stagemark.data.CandidateCounts;
import io.stagemark.data.DenseCandidates;
import io.stagemark.data.Detection;
import io.stagemark.data.Geometry;
import io.stagemark.data.LapProbe;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.Decoders;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.PosePoints;
import io.stagemark.postprocess.nms.BoxList;
import io.stagemark.postprocess.nms.NmsMethod;
import io.stagemark.postprocess.nms.RotatedNms;
import io.stagemark.postprocess.nms.Suppression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The outputs of a detector to detections in source pixels: filter, decode, suppress, map back,
 * clip. {@link #run} allocates nothing in steady state; {@link #detections} makes the records and
 * nothing else. Not thread-safe.
 */
public final class BoxPostprocessor {
  private static final NmsMethod FUSION = NmsMethod.WEIGHTED_FUSION;

  private final BoxDecoder decoder;
  private final BoxDecoder.Filter filter;
  private final Suppression nms;
  private final boolean[] reported;
  private final int preNmsTopK;
  private final @Nullable InstanceMasks masks;
  private final @Nullable PosePoints points;
  private @Nullable LapProbe probe;
  private final BoxList candidates = new BoxList(1024);
  private final List<KeptDetections> slots = new ArrayList<>();

  private BoxPostprocessor(DecoderSettings settings, Head head, BoxDecoder decoder) {
    int classes = head.classes();
    this.decoder = decoder;
    this.masks =
        decoder
            .masks()
            .map(each -> new InstanceMasks(each, head.inputWidthPx(), head.inputHeightPx()))
            .orElse(null);
    this.points = decoder.keyPoints().orElse(null);
    if ((masks != null || points != null) && settings.nmsSettings().method() == FUSION) {
      throw new IllegalArgumentException(
          "weighted fusion makes boxes of several candidates, which have no mask and no key points"
              + " of their own");
    }
    this.filter =
        new BoxDecoder.Filter(
            (float) settings.scoreThreshold(), settings.multiLabel() && classes > 1);
    this.nms =
        decoder
            .rotated()
            .<Suppression>map(boxes -> new RotatedNms(settings.nmsSettings(), boxes))
            .orElseGet(() -> Suppression.of(settings.nmsSettings()));
    this.reported = new boolean[classes];
    this.preNmsTopK = settings.preNmsTopK();
    Arrays.fill(reported, settings.classIds().isEmpty());
    for (int classId : settings.classIds()) {
      if (classId < 0 || classId >= classes) {
        throw new IllegalArgumentException(
            "classIds has %d; the model's classes are 0 to %d".formatted(classId, classes - 1));
      }
      reported[classId] = true;
    }
  }

  /**
   * Makes the postprocessing of a model.
   *
   * @param settings what the model card says
   * @param classes number of class names
   * @param outputs the model's real outputs, in its order, the batch filled in
   * @param inputWidthPx of the model
   * @param inputHeightPx of the model
   * @throws IllegalArgumentException if the decoder's layout is not the model's; the message names
   *     both
   */
  public static BoxPostprocessor create(
      DecoderSettings settings,
      int classes,
      List<TensorSpec> outputs,
      int inputWidthPx,
      int inputHeightPx) {
    Head head =
        new Head(
            settings.type(), classes, outputs, inputWidthPx, inputHeightPx, settings.parameters());
    return new BoxPostprocessor(settings, head, Decoders.create(head));
  }

  /**
   * Postprocesses one image of a batch.
   *
   * @param outputs the engine's outputs by index, not modified
   * @param slot which image
   * @param geometry where it lay in the input
   */
  public void run(IntFunction<Tensor> outputs, int slot, Geometry geometry) {
    start();
    candidates.clear();
    decoder.filter(outputs, slot, filter, candidates);
    dropUnreported();
    int above = candidates.size();
    lap("filter");
    decoder.locate(outputs, slot, candidates);
    int nonFinite = dropNonFinite();
    lap("decode");
    int entering = Math.min(candidates.size(), preNmsTopK);
    int count = nms.run(candidates);
    KeptDetections kept = results(slot);
    kept.setCounts(above, nonFinite, entering);
    lap("nms");
    kept.set(candidates, nms.kept(), count, geometry);
    if (decoder.hasCorners()) {
      kept.setCorners(decoder, candidates, nms.kept(), geometry);
    }
    lap("map back");
    findParts(outputs, slot, kept, geometry);
  }

  /** Masks and key points of the kept boxes alone, where the decoder has them. */
  private void findParts(
      IntFunction<Tensor> outputs, int slot, KeptDetections kept, Geometry geometry) {
    if (masks != null) {
      masks.run(outputs, slot, candidates, nms.kept(), kept, geometry);
      lap("masks");
    }
    if (points != null) {
      kept.poses().set(points, outputs, slot, candidates, nms.kept(), kept.size(), geometry);
      lap("key points");
    }
  }

  /**
   * Reports the sub-stages of each later {@link #run} to a probe: filter, decode, sort, nms, map
   * back; masks and key points where there are such.
   */
  public void measure(LapProbe lapProbe) {
    probe = lapProbe;
    nms.measure(lapProbe);
  }

  private void start() {
    if (probe != null) {
      probe.start();
    }
  }

  private void lap(String name) {
    if (probe != null) {
      probe.lap(name);
    }
  }

  private void dropUnreported() {
    int kept = 0;
    for (int i = 0; i < candidates.size(); i++) {
      if (reported[candidates.classIds()[i]]) {
        if (kept != i) {
          candidates.move(i, kept);
        }
        kept++;
      }
    }
    candidates.truncate(kept);
  }

  private int dropNonFinite() {
    BoxList boxes = candidates;
    int kept = 0;
    for (int i = 0; i < boxes.size(); i++) {
      float sum = boxes.left()[i] + boxes.top()[i] + boxes.right()[i] + boxes.bottom()[i];
      // 0 · (NaN or infinity) is NaN: one test for five values
      if (0 * (sum + boxes.scores()[i]) == 0) {
        if (kept != i) {
          boxes.move(i, kept);
        }
        kept++;
      }
    }
    int dropped = boxes.size() - kept;
    boxes.truncate(kept);
    return dropped;
  }

  private KeptDetections results(int slot) {
    while (slots.size() <= slot) {
      slots.add(new KeptDetections());
    }
    return slots.get(slot);
  }

  /** Returns the detections of the last {@link #run} of a slot, best score first. */
  public List<Detection> detections(int slot) {
    KeptDetections kept = results(slot);
    List<Detection> detections = new ArrayList<>(kept.size());
    for (int i = 0; i < kept.size(); i++) {
      detections.add(kept.detection(i));
    }
    return detections;
  }

  /** Returns how many boxes the last {@link #run} of a slot had on the way to its detections. */
  public CandidateCounts counts(int slot) {
    return results(slot).counts();
  }

  /**
   * Looks over every candidate of a slot, outside the clock; from then on {@link #counts} has those
   * that are not finite whether they are above the threshold or not.
   */
  public CandidateCheck inspect(IntFunction<Tensor> outputs, int slot, Geometry geometry) {
    CandidateCheck check =
        CandidateCheck.of(decoder, filter.scoreThreshold(), outputs, slot, geometry);
    results(slot).setNonFinite(check.nonFinite());
    return check;
  }

  /** Returns what the decoder makes of an output's numbers first. */
  public BoxDecoder.LastStep lastStep(int output) {
    return decoder.lastStep(output);
  }

  /** Returns whether detections have masks, which are found with the image's place in the input. */
  public boolean hasMasks() {
    return masks != null;
  }

  /** Returns whether the model's outputs hold every candidate with a score a class. */
  public boolean hasDense() {
    return decoder.hasDense();
  }

  /**
   * Returns every candidate of one image before any threshold, boxes in source pixels and not
   * clipped, scores read in place: valid as long as the outputs are.
   *
   * @throws UnsupportedOperationException if {@link #hasDense} is false
   */
  public DenseCandidates dense(IntFunction<Tensor> outputs, int slot, Geometry geometry) {
    return decoder.dense(outputs, slot, geometry);
  }
}
