package com.google.common.util.concurrent;

/** Signature only. */
public interface FutureCallback<V> {
    void onFailure(Throwable t);
}
