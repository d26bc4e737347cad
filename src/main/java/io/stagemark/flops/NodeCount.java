package io.stagemark.flops;

import java.util.List;

/**
 * What one operator of the graph costs.
 *
 * @param name place in the model, such as {@code layer1/conv} or {@code loop#body/add}
 * @param operator such as {@code Conv}; with its domain where that is not ai.onnx
 * @param executions how often it runs in one forward: more than 1 inside a loop
 * @param inputShapes of the last execution, in the operator's order; an absent optional input and a
 *     value that is no tensor have an empty name here too: {@code []}
 * @param outputShapes of the last execution, in the operator's order
 * @param operations summed over the executions
 * @param validMacs the MACs (float and integer) that touch no padding and no masked position
 * @param bytesMoved inputs read plus outputs written, in bytes; 0 for a view
 * @param note what a reader must know, such as {@code upper bound}; empty if nothing
 * @param type what the arithmetic is done in: {@code float32}, {@code float16}, … of the first
 *     operand, {@code int8} where the MACs are integer; empty if not known
 */
public record NodeCount(
    String name,
    String operator,
    long executions,
    List<List<Long>> inputShapes,
    List<List<Long>> outputShapes,
    Operations operations,
    long validMacs,
    long bytesMoved,
    String note,
    String type) {
  public NodeCount {
    inputShapes = inputShapes.stream().map(List::copyOf).toList();
    outputShapes = outputShapes.stream().map(List::copyOf).toList();
  }
}
