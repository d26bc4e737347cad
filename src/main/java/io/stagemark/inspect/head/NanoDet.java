package io.stagemark.inspect.head;

import io.stagemark.inspect.fact.Grade;
import io.stagemark.inspect.fact.OutputSignature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * NanoDet and PicoDet: for each stride scores {@code [N, cells, classes]} and distributions of the
 * four distances {@code [N, cells, 4·bins]}. NanoDet-Plus joins them: {@code [N, A, classes +
 * 4·bins]} with eight bins, at the strides 8, 16, 32, 64.
 *
 * <p>NanoDet's cells are centred at {@code i·S + (S − 1)/2}, NanoDet-Plus' at {@code i·S},
 * PicoDet's at {@code (i + 0.5)·S}: all three have the same shapes.
 */
final class NanoDet implements HeadFamily {
  private static final int[] STRIDES = {8, 16, 32, 64};
  private static final int JOINED_BINS = 32;

  @Override
  public List<Head> match(HeadContext model) {
    if (model.image().isEmpty() || model.outputs().isEmpty()) {
      return List.of();
    }
    return model.outputs().size() == 1 ? joined(model) : pairs(model);
  }

  private static List<Head> pairs(HeadContext model) {
    int levels = model.outputs().size() / 2;
    if (model.outputs().size() % 2 != 0
        || levels < 3
        || levels > STRIDES.length
        || model.outputs().stream().anyMatch(each -> each.rank() != 3)) {
      return List.of();
    }
    Optional<OutputSignature> scores = Optional.empty();
    List<Long> widths = new ArrayList<>();
    for (int i = 0; i < levels; i++) {
      long cells = Grids.cells(model.image().orElseThrow(), STRIDES[i]);
      List<OutputSignature> level =
          model.outputs().stream().filter(each -> each.extent(1) == cells).toList();
      if (level.size() != 2) {
        return List.of();
      }
      level.forEach(each -> widths.add(each.extent(2)));
      scores = scores.or(() -> Optional.of(level.get(0)));
    }
    long classes = scores.map(each -> each.extent(2)).orElse(0L);
    List<Long> distinct = widths.stream().distinct().toList();
    long bins = distinct.stream().filter(width -> width != classes).findFirst().orElse(classes);
    if (distinct.size() > 2 || bins % 4 != 0 || bins < 8) {
      return List.of();
    }
    String source =
        "%d pairs of %d classes and 4 × %d bins a cell".formatted(levels, classes, bins / 4);
    return List.of(
        Head.detection(
                "nanodet", levels == 3 ? "NanoDet" : "NanoDet or PicoDet", Grade.DERIVED, source)
            .classes(classes)
            .decoder("nanodet")
            .trap("PicoDet's cells are centred half a cell from NanoDet's"));
  }

  private static List<Head> joined(HeadContext model) {
    OutputSignature rows = model.output(0);
    Optional<Grids> grids = Grids.of(model.image().orElseThrow(), rows.extent(1), 1);
    boolean fits = rows.rank() == 3 && rows.extent(2) > JOINED_BINS && grids.isPresent();
    boolean stated = model.statesClasses(rows.extent(2) - JOINED_BINS);
    if (!fits || (grids.get().count() != STRIDES.length && !stated)) {
      return List.of();
    }
    return List.of(
        Head.detection(
                "nanodet-plus",
                "NanoDet-Plus",
                Grade.DERIVED,
                "%s: %s rows of %d + 4 × 8 bins"
                    .formatted(rows.shapeText(), grids.get().text(), rows.extent(2) - JOINED_BINS))
            .classes(rows.extent(2) - JOINED_BINS)
            .decoder("nanodet-plus")
            .trap("the last 32 columns are distributions, no classes"));
  }
}
