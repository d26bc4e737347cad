package io.stagemark.flops.torchscript.value;

import io.stagemark.flops.onnx.walk.ShapeTape;
import java.util.LinkedHashSet;
import java.util.Set;

/** What of a script could not be followed, and why: any of it makes the count incomplete. */
public final class Unfollowed {
  private static final int MAX_SHOWN = 4;

  private final ShapeTape tape;
  private final Set<String> reasons = new LinkedHashSet<>();
  private final Set<String> more = new LinkedHashSet<>();

  public Unfollowed(ShapeTape tape) {
    this.tape = tape;
  }

  /** Adds a reason: a sentence for the reader of the count. */
  public void add(String reason) {
    if (reasons.size() < MAX_SHOWN) {
      reasons.add(reason);
    } else if (!reasons.contains(reason) && more.size() < 1000) {
      more.add(reason);
    }
  }

  /** Adds an operator that is not counted, with the reason. */
  public void add(String operator, String reason) {
    tape.uncounted(operator);
    add(reason);
  }

  /** Adds an operator that is not counted because it takes what an earlier one left unknown. */
  public void addFollowing(String operator) {
    tape.uncounted(operator);
  }

  public boolean isEmpty() {
    return reasons.isEmpty();
  }

  /** Gives the reasons to the tape. */
  public void report() {
    reasons.forEach(tape::incomplete);
    if (!more.isEmpty()) {
      tape.incomplete("%d more places that could not be followed".formatted(more.size()));
    }
  }
}
