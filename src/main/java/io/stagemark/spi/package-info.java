/**
 * How a part that was dropped onto the class path is found by name.
 *
 * <p>Start reading at {@link io.stagemark.spi.Registry}. Seven things are open: engines, tasks,
 * decoders, formats of data sets, losses, reporters of runs and of comparisons.
 *
 * <p><b>In:</b> a service type. <b>Out:</b> its implementations by name.
 *
 * <p><b>May import:</b> the JDK alone. <b>Must not know:</b> what it registers.
 *
 * <p><b>Decisions:</b> {@link java.util.ServiceLoader}, no other factory.
 */
@NullMarked
package io.stagemark.spi;

import org.jspecify.annotations.NullMarked;
