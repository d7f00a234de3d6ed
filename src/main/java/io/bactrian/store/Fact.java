package io.bactrian.store;

/**
 * What a commit or a rename makes true. Every one of them has a name here, and a {@link CommitHook}
 * is told before and after it.
 */
public enum Fact {
  /** The schema is up to date. */
  MIGRATE,
  /** The embedded server of a home is built: one rename. */
  BUILD_SERVER,
  /** The embedded server has its database. */
  CREATE_DATABASE,
  /** The other processes of a home see that this node's process lives: one rename. */
  SHOW_PROCESS,
  /** A node is known and lives. */
  REGISTER_NODE,
  /** A node was alive just now. */
  BEAT,
  /** A node is known to be gone. */
  BURY_NODE,
  /** The nodes are woken. */
  WAKE_NODES,
  /** A template is kept. */
  KEEP_TEMPLATE,
  /** A task with its steps, edges and gates exists. */
  CREATE_TASK,
  /** Tasks belong to a node. */
  ADOPT,
  /** Steps are leased to a node. */
  CLAIM,
  /** Leases end later. */
  RENEW,
  /** A step is ready again and the attempt was none. */
  RELEASE,
  /** Steps whose lease was lost are ready again. */
  RECLAIM,
  /** A plan is kept for its batchable step. */
  KEEP_PLAN,
  /** A chunk's effects, its part of the result and its position. */
  CHECKPOINT,
  /** A transaction of a route's own, without a checkpoint. */
  ROUTE,
  /** A step is complete, its workers exist, and who waited only for it is ready. */
  COMPLETE,
  /** An attempt has failed and the next is due later. */
  RETRY_LATER,
  /** A step is in error. */
  FAIL,
  /** One reader alone hears events for a subscriber. */
  TAKE_EVENTS,
  /** A subscriber has heard an event. */
  HEAR_EVENT,
  /** Another reader may hear for a subscriber. */
  LEAVE_EVENTS,
  /** Tasks past their time limit have ended. */
  END_OVERDUE,
  /** A node sees the input of a task. */
  SEE_INPUT,
  /** A node does not see the input of a task, and the step is ready again. */
  MISS_INPUT,
  /** Steps whose retry is due are ready. */
  RETRY_DUE,
  /** The clock of a test is ahead of the wall clock. */
  MOVE_CLOCK,
  /** An operator made failed steps ready again. */
  RETRY_BY_HAND,
  /** An operator settled a step, or a task, without a result. */
  RESOLVE_BY_HAND,
  /** An operator gave a step its result. */
  COMPLETE_BY_HAND,
  /** An operator cancelled a task. */
  CANCEL,
  /** An operator paused a task. */
  PAUSE,
  /** An operator let a paused task go on. */
  UNPAUSE,
  /** A task that looked stuck has gates and counts that agree with its steps. */
  MEND_STUCK,
  /** A task needs a person, or need not be looked at for a while. */
  WATCH,
  /** An operator put a task among the dead letters. */
  PUT_DEAD_LETTER,
  /** An operator changed a dead letter. */
  UPDATE_DEAD_LETTER,
  /** The routes of a serving node are known. */
  ANNOUNCE_ROUTES,
  /** An API key is known. */
  CREATE_KEY,
  /** An API key lets nobody in. */
  REVOKE_KEY,
  /** Somebody is logged in. */
  LOGIN,
  /** Nobody is logged in by that cookie. */
  LOGOUT,
  /** What somebody did, or tried to do, is kept. */
  AUDIT,
  /** Finished tasks have left, and a receipt of each is there. */
  PRUNE_TASKS,
  /** Some steps of tasks that have left are gone. */
  SWEEP_STEPS,
  /** Some plans that no step reads by are gone. */
  SWEEP_PLANS
}
