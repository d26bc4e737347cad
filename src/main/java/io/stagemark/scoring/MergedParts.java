package io.stagemark.scoring;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * States that are written and added one after the other.
 *
 * @param parts in the order of the file
 */
public record MergedParts(List<? extends MergeableState> parts) implements MergeableState {
  public MergedParts {
    parts = List.copyOf(parts);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    for (MergeableState part : parts) {
      part.write(out);
    }
  }

  @Override
  public void add(DataInput in) throws IOException {
    for (MergeableState part : parts) {
      part.add(in);
    }
  }
}
