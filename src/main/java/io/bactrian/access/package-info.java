/**
 * Who may do what: principals, permissions, API keys, the audit trail.
 *
 * <p>Reading order: {@link io.bactrian.access.Principal}. Invariant: what is not permitted is
 * refused; a permission names one verb, a wildcard stands for all verbs of one kind.
 */
@NullMarked
package io.bactrian.access;

import org.jspecify.annotations.NullMarked;
