"""Reads an event file and a PNG with TensorFlow and prints what they hold: python3 test/oracle/event-file.py EVENTS PNG"""
import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import tensorflow as tf

events = []
for raw in tf.compat.v1.io.tf_record_iterator(sys.argv[1]):
    event = tf.compat.v1.Event.FromString(raw)
    values = [
        [v.tag, v.simple_value]
        if v.HasField("simple_value")
        else [v.tag, v.image.height, v.image.width, v.image.colorspace, tf.io.decode_png(v.image.encoded_image_string).numpy().ravel().tolist()]
        for v in event.summary.value
    ]
    events.append([event.wall_time, event.step, event.file_version, values])
image = tf.io.decode_png(tf.io.read_file(sys.argv[2])).numpy()
print(json.dumps({"events": events, "shape": image.shape, "pixels": image.ravel().tolist()}))
