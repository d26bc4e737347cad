/**
 * What Spark's side and Stagemark's side of the job both see: an interface and records of the JDK's
 * types. {@link io.stagemark.spark.ProgramClassLoader} loads these classes once for both.
 */
@NullMarked
package io.stagemark.spark.program;

import org.jspecify.annotations.NullMarked;
