package io.stagemark.data;

/**
 * One true object.
 *
 * @param box where, in source-image pixels
 * @param classId index into the model's label map, from 0
 * @param areaPx the annotated area in square pixels (COCO's segmentation area, which is not the
 *     box's): it sorts the object into small, medium and large
 * @param crowd a region of many objects, neither to be found nor to be held against a detection
 */
public record Annotation(Box box, int classId, double areaPx, boolean crowd) {}
