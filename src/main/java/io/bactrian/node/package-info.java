/** One running process: claiming, wake-up, lease keeping, rescue, draining. All nodes are equal. */
@NullMarked
package io.bactrian.node;

import org.jspecify.annotations.NullMarked;
