package io.stagemark.postprocess.decoder;

/**
 * Where the masks of candidates are: coefficients of each candidate, and prototypes of each image.
 * A pixel is of the object where the sum of coefficient times prototype is above 0, its sigmoid
 * above 0.5.
 *
 * <p>Source: Bolya et al., YOLACT, 2019, <a
 * href="https://arxiv.org/abs/1904.02689">arXiv:1904.02689</a>.
 *
 * @param coefficients of each candidate, one a prototype
 * @param output index of the prototypes {@code [N, coefficients, height, width]}
 * @param height of the prototypes
 * @param width of the prototypes
 * @param crop when the box cuts the mask
 */
public record PrototypeMasks(
    CandidateValues coefficients, int output, int height, int width, Crop crop) {
  /** When the box cuts the mask. */
  public enum Crop {
    /**
     * After it has the picture's size, to whole pixels of the picture: Ultralytics' {@code
     * process_mask_native}, by which it validates with COCO's files.
     */
    IMAGE,
    /**
     * Before, to whole cells of the prototypes, between which the mask then fades out: Ultralytics'
     * {@code process_mask}.
     */
    PROTOTYPES
  }
}
