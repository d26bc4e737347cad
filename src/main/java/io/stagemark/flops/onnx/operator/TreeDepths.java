package io.stagemark.flops.onnx.operator;

import java.util.ArrayDeque;
import java.util.Arrays;

/** The longest path below each node of a forest, in decisions. */
final class TreeDepths {
  /** A child that decides nothing. */
  static final int LEAF = -1;

  private static final long UNKNOWN = -1;
  private static final long OPEN = -2;

  private final int[] first;
  private final int[] second;
  private final boolean[] branches;
  private final long[] depths;

  TreeDepths(int nodes) {
    first = new int[nodes];
    second = new int[nodes];
    branches = new boolean[nodes];
    depths = new long[nodes];
    Arrays.fill(depths, UNKNOWN);
  }

  void branch(int node, int yes, int no) {
    first[node] = yes;
    second[node] = no;
    branches[node] = true;
  }

  /**
   * Returns the decisions of the longest path from a node.
   *
   * @throws IllegalArgumentException if a path comes back to where it was
   */
  long of(int root) {
    ArrayDeque<Integer> stack = new ArrayDeque<>();
    stack.push(root);
    while (!stack.isEmpty()) {
      int node = stack.peek();
      if (!branches[node]) {
        depths[node] = 0;
      } else if (depths[node] == UNKNOWN) {
        depths[node] = OPEN;
        enter(first[node], stack);
        enter(second[node], stack);
      } else if (depths[node] == OPEN) {
        depths[node] = 1 + Math.max(below(first[node]), below(second[node]));
      }
      if (depths[node] >= 0) {
        stack.pop();
      }
    }
    return depths[root];
  }

  private void enter(int child, ArrayDeque<Integer> stack) {
    if (child == LEAF) {
      return;
    }
    if (depths[child] == OPEN) {
      throw new IllegalArgumentException("a tree that comes back to its node " + child);
    }
    if (depths[child] == UNKNOWN) {
      stack.push(child);
    }
  }

  private long below(int child) {
    return child == LEAF ? 0 : Math.max(0, depths[child]);
  }
}
