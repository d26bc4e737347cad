package io.stagemark.data.object;

import java.util.List;

/**
 * The key points of an object.
 *
 * @param points in the order of the model or of the data set, which is the same for all objects
 */
public record ObjectPose(List<KeyPoint> points) {
  public ObjectPose {
    points = List.copyOf(points);
  }
}
