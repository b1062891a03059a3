package com.google.common.util.concurrent;

/** Signature only. */
public interface FutureCallback<V> {
    void onSuccess(V result);

    void onFailure(Throwable t);
}
