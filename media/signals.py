"""What others may want to hear of the library."""

from django.dispatch import Signal

# provides args: instance; in the transaction of the change, after the row was saved
document_replaced = Signal()
