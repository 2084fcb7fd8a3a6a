"""What the commands, the page and a program of yours call: one function a task, from paths or values to a frozen value.

A function that can't give its value raises `InputError` with every problem; what it was warned of on the way stands in the
`problems` of what it gives. Nothing here prints, exits or asks what day it is unless it is left out.
"""
