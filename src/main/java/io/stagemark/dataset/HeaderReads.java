package io.stagemark.dataset;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Of which examples the pictures are looked at when a data set is opened: of a million, those of a
 * shard alone.
 */
public final class HeaderReads {
  /** The id of no example: with it alone a data set is listed, and no picture is looked at. */
  static final List<String> NONE = List.of("");

  private final Set<String> ids;

  private HeaderReads(Set<String> ids) {
    this.ids = ids;
  }

  /** Returns those of the examples that the settings choose; without a choice all are read. */
  public static HeaderReads of(DatasetSettings settings) {
    return new HeaderReads(new HashSet<>(settings.only()));
  }

  /** Returns whether the data set is only listed: what else is in its folder is then not noted. */
  public boolean isNone() {
    return ids.size() == 1 && ids.contains(NONE.get(0));
  }

  /** Returns whether the picture of an example is looked at. */
  public boolean includes(String id) {
    return ids.isEmpty() || ids.contains(id);
  }
}
